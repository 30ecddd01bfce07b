using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Allows the ports of interface records further addresses: allowed address pairs.</summary>
/// <remarks>
/// A record of the pipeline has addresses of its own under the names of a pair's: it only says whose the pair is, and the addresses do not come by property name. A pair of
/// the pipeline is an object.
/// </remarks>
[Cmdlet(VerbsCommon.Add, "MacAddressPair", SupportsShouldProcess = true, DefaultParameterSetName = PairSet)]
[OutputType(typeof(MacAddressPair))]
public sealed class AddMacAddressPairCommand : GroupCommitCmdlet<AddressPairRequest, MacAddressPair>
{
    private const string RecordSet = "Record";
    private const string PairSet = "Pair";

    /// <summary>The pairs, as Get-MacAddressPair gives them, or rows with their properties.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PairSet, ValueFromPipeline = true)]
    [AddressPair]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public AddressPairRequest[] InputObject { get; set; } = [];

    /// <summary>The interface records; those of the pairs if pairs come by the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RecordSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = PairSet)]
    [Alias("InterfaceName", "Name")]
    [InterfaceName]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] Interface { get; set; } = [];

    /// <summary>The addresses, each in the subnet of a fixed address of the record.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = RecordSet)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InterfaceIPAddressCompleter))]
    public string[] IPAddress { get; set; } = [];

    /// <summary>The MAC address that they are used with; none for the record's own.</summary>
    [Parameter(Position = 2, ParameterSetName = RecordSet)]
    [Parsed<MacAddress>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(InterfaceMacAddressCompleter))]
    public MacAddress? MacAddress { get; set; }

    /// <summary>Allows a pair also if another record has the IP address as a fixed one, or the MAC address as its own.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is PairSet)
        {
            foreach (var pair in InputObject)
            {
                foreach (string name in Interface.DefaultIfEmpty(pair.InterfaceName))
                {
                    Add(pair with { InterfaceName = name, Force = Force });
                }
            }

            return;
        }

        foreach (string name in Interface)
        {
            foreach (string address in IPAddress)
            {
                Add(new AddressPairRequest(name, address, MacAddress, Force));
            }
        }
    }

    private void Add(AddressPairRequest pair)
    {
        if (ShouldProcess($"Interface '{pair.InterfaceName}'", $"Add the address pair {pair}"))
        {
            Collect(pair);
        }
    }

    private protected override MacAddressPair Change(IStoreWriter writer, AddressPairRequest item) =>
        InterfaceCatalog.AddPair(writer, item.InterfaceName, item.IPAddress, item.MacAddress, item.Force);

    private protected override void WriteResult(AddressPairRequest item, MacAddressPair result)
    {
        WriteVerbose($"Added the address pair {result} to interface '{result.InterfaceName}'.");
        WriteObject(result);
    }
}
