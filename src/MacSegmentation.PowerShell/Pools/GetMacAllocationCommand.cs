using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>Lists the addresses that are given out.</summary>
[Cmdlet(VerbsCommon.Get, "MacAllocation")]
[OutputType(typeof(MacAllocation))]
public sealed class GetMacAllocationCommand : StoreCmdlet
{
    /// <summary>Only those of these VLANs.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>Only those of these instances; wildcards allowed.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "VMId")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string[]? InstanceId { get; set; }

    /// <summary>Only these addresses.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress")]
    [Parsed<MacAddress>(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(AllocatedAddressCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // An object with an address means that one, whatever else it names.
        if (MacAddress is not null)
        {
            var isInstance = NameFilter.Match(InstanceId);
            foreach (var address in MacAddress)
            {
                Read(store => AddressPool.Get(store, address), allocation =>
                {
                    if (VlanId?.Contains(allocation.VlanId) != false && isInstance(allocation.InstanceId))
                    {
                        WriteObject(allocation);
                    }
                });
            }

            return;
        }

        foreach (int? vlanId in VlanId is null ? [null] : VlanId.Cast<int?>())
        {
            foreach (string? instanceId in InstanceId ?? [null!])
            {
                Read(store => List(store, vlanId, instanceId), allocations => WriteObject(allocations, enumerateCollection: true));
            }
        }
    }

    private static IEnumerable<MacAllocation> List(IStoreReader store, int? vlanId, string? instanceId)
    {
        if (instanceId is not null && !WildcardPattern.ContainsWildcardCharacters(instanceId))
        {
            return AddressPool.GetAll(store, instanceId, vlanId);
        }

        if (vlanId is { } id)
        {
            VlanCatalog.Get(store, id);
        }

        return NameFilter.Select(store.ListAllocations(vlanId), allocation => allocation.InstanceId, [instanceId ?? "*"]);
    }
}
