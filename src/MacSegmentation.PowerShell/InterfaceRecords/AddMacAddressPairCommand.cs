using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Allows the ports of interface records further addresses: allowed address pairs.</summary>
/// <remarks>The addresses do not come by property name: a record of the pipeline has addresses of its own under the same names.</remarks>
[Cmdlet(VerbsCommon.Add, "MacAddressPair", SupportsShouldProcess = true)]
[OutputType(typeof(MacAddressPair))]
public sealed class AddMacAddressPairCommand : GroupCommitCmdlet<AddressPairRequest, MacAddressPair>
{
    /// <summary>The interface records.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InterfaceName", "Name")]
    [InterfaceName]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] Interface { get; set; } = [];

    /// <summary>The addresses, each in the subnet of a fixed address of the record.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InterfaceIPAddressCompleter))]
    public string[] IPAddress { get; set; } = [];

    /// <summary>The MAC address that they are used with; none for the record's own.</summary>
    [Parameter(Position = 2)]
    [Parsed<MacAddress>]
    [ArgumentCompleter(typeof(InterfaceMacAddressCompleter))]
    public MacAddress? MacAddress { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Interface)
        {
            foreach (string address in IPAddress)
            {
                var pair = new AddressPairRequest(name, address, MacAddress);
                if (ShouldProcess($"Interface '{name}'", $"Add the address pair {pair}"))
                {
                    Collect(pair);
                }
            }
        }
    }

    private protected override MacAddressPair Change(IStoreWriter writer, AddressPairRequest item) =>
        InterfaceCatalog.AddPair(writer, item.InterfaceName, item.IPAddress, item.MacAddress);

    private protected override void WriteResult(AddressPairRequest item, MacAddressPair result) => WriteObject(result);
}
