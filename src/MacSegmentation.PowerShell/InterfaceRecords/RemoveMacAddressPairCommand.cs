using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Takes allowed address pairs from interface records.</summary>
[Cmdlet(VerbsCommon.Remove, "MacAddressPair", SupportsShouldProcess = true, DefaultParameterSetName = PairSet)]
[OutputType(typeof(MacAddressPair))]
public sealed class RemoveMacAddressPairCommand : GroupCommitCmdlet<AddressPairRequest, MacAddressPair>
{
    private const string PairSet = "Pair";
    private const string AddressSet = "Address";

    /// <summary>The pairs, as Get-MacAddressPair gives them, or rows with their properties.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PairSet, ValueFromPipeline = true)]
    [AddressPair(WithRecordAddress = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public AddressPairRequest[] InputObject { get; set; } = [];

    /// <summary>The interface records.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AddressSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InterfaceName", "Name")]
    [InterfaceName]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] Interface { get; set; } = [];

    /// <summary>The pairs' IP addresses.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = AddressSet)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(AddressPairIPAddressCompleter))]
    public string[] IPAddress { get; set; } = [];

    /// <summary>The MAC address that they are used with; needed where an IP address has several.</summary>
    [Parameter(Position = 2, ParameterSetName = AddressSet)]
    [Parsed<MacAddress>]
    [ArgumentCompleter(typeof(AddressPairMacAddressCompleter))]
    public MacAddress? MacAddress { get; set; }

    /// <summary>Writes the pairs as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var pairs = ParameterSetName is PairSet
            ? InputObject
            : Interface.SelectMany(name => IPAddress.Select(address => new AddressPairRequest(name, address, MacAddress)));
        foreach (var pair in pairs)
        {
            if (ShouldProcess($"Interface '{pair.InterfaceName}'", $"Remove the address pair {pair}"))
            {
                Collect(pair);
            }
        }
    }

    private protected override MacAddressPair Change(IStoreWriter writer, AddressPairRequest item) =>
        InterfaceCatalog.RemovePair(writer, item.InterfaceName, item.IPAddress, item.MacAddress);

    private protected override void WriteResult(AddressPairRequest item, MacAddressPair result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
