using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Vlans;

/// <summary>Lists VLANs.</summary>
[Cmdlet(VerbsCommon.Get, "MacVlan", DefaultParameterSetName = NameSet)]
[OutputType(typeof(MacVlan))]
public sealed class GetMacVlanCommand : StoreCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>The VLANs, 1 to 4094; none for all.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan", "Id")]
    [VlanNumber(IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[] VlanId { get; set; } = [];

    /// <summary>Only VLANs with such a name; wildcards allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(VlanNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (int vlanId in VlanId)
        {
            Read(store => VlanCatalog.Get(store, vlanId), WriteObject);
        }

        if (ParameterSetName is NameSet)
        {
            Read(store => NameFilter.Select(store.ListVlans(), vlan => vlan.Name, Name), vlans => WriteObject(vlans, enumerateCollection: true));
        }
    }
}
