using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>Shows how full the VLANs' pools are.</summary>
[Cmdlet(VerbsCommon.Get, "MacPool")]
[OutputType(typeof(MacPool))]
public sealed class GetMacPoolCommand : StoreCmdlet
{
    /// <summary>The VLANs, 1 to 4094; none for all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan", "Id")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (VlanId is null)
        {
            Read(
                store => store.ListVlans().Select(vlan => PoolMeter.Measure(store, vlan)).ToArray(),
                pools => WriteObject(pools, enumerateCollection: true));
            return;
        }

        foreach (int vlanId in VlanId)
        {
            Read(store => PoolMeter.Measure(store, VlanCatalog.Get(store, vlanId)), WriteObject);
        }
    }
}
