using System.Globalization;
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
                List(vlanId, instanceId);
            }
        }
    }

    private void List(int? vlanId, string? instanceId)
    {
        if (NameFilter.IsExact(instanceId))
        {
            Read(store => ListExact(store, vlanId, instanceId!), allocations => WriteObject(allocations, enumerateCollection: true));
            return;
        }

        var isInstance = NameFilter.Match(instanceId is null ? null : [instanceId]);
        Stream<MacAllocation>((store, last, count) => ListAfter(store, vlanId, last, count), allocation => isInstance(allocation.InstanceId));
    }

    /// <summary>The allocations of an instance. A text of the pipeline may also be an address: it means that if no instance is called so.</summary>
    private static IReadOnlyList<MacAllocation> ListExact(IStoreReader store, int? vlanId, string instanceId) =>
        Addressing.MacAddress.TryParse(instanceId, CultureInfo.InvariantCulture, out var address) && store.ListAllocations(vlanId, instanceId).Count == 0
            ? [AddressPool.Get(store, address)]
            : [.. AddressPool.GetAll(store, instanceId, vlanId)];

    private static IReadOnlyList<MacAllocation> ListAfter(IStoreReader store, int? vlanId, MacAllocation? last, int count)
    {
        if (last is null && vlanId is { } id)
        {
            VlanCatalog.Get(store, id);
        }

        ulong next = (last?.MacAddress.Value + 1) ?? 0;
        return next > Addressing.MacAddress.Broadcast.Value ? [] : store.ListAllocationsIn(new MacRange(new MacAddress(next), Addressing.MacAddress.Broadcast), vlanId, count);
    }
}
