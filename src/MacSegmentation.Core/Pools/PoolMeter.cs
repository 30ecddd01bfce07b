using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>Measures how full a pool is.</summary>
public static class PoolMeter
{
    /// <summary>Measures the pool of a VLAN. Costs as much as the pool has free intervals and resting addresses, not addresses.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlan">The VLAN.</param>
    public static MacPool Measure(IStoreReader store, MacVlan vlan)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(vlan);
        var free = new List<MacRange>(store.ListFree(vlan.VlanId));
        long resting = 0;
        foreach (var released in store.ListResting(vlan.VlanId))
        {
            if (AddressPool.HasRested(released, vlan, store.Now))
            {
                free.Add(new MacRange(released.Address, released.Address));
            }
            else
            {
                resting++;
            }
        }

        var runs = MacRangeSet.Join(free);
        var blocks = store.FindProviderState() is null ? BlockCatalog.List(store, vlan.VlanId).Where(block => block.State is not BlockState.Closed) : [];
        return new MacPool
        {
            VlanId = vlan.VlanId,
            Name = vlan.Name,
            Size = vlan.Ranges.Sum(range => range.Count),
            Used = vlan.AdmitsForeignAddresses
                ? vlan.Ranges.Sum(range => store.CountAllocations(vlan.VlanId, range))
                : store.CountAllocations(vlan.VlanId),
            Delegated = blocks.Sum(block => block.Size - block.Used),
            Free = runs.Sum(run => run.Count),
            Resting = resting,
            LargestFreeRun = runs.Count == 0 ? 0 : runs.Max(run => run.Count),
        };
    }

    /// <summary>Number of a VLAN's addresses that could be given out now, without a look at those that are.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlan">The VLAN.</param>
    internal static long CountFree(IStoreReader store, MacVlan vlan) => store.ListFree(vlan.VlanId).Sum(interval => interval.Count)
        + store.ListResting(vlan.VlanId).Count(released => AddressPool.HasRested(released, vlan, store.Now));
}
