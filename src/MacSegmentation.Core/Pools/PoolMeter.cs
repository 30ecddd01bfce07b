using MacSegmentation.Addressing;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>Measures how full a pool is.</summary>
public static class PoolMeter
{
    /// <summary>Measures the pool of a VLAN. Costs as much as the pool has free intervals and addresses that are held down, not addresses.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlan">The VLAN.</param>
    public static MacPool Measure(IPoolReader store, MacVlan vlan)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(vlan);
        var free = new List<MacRange>(store.ListFree(vlan.VlanId));
        long heldDown = 0;
        foreach (var released in store.ListHeldDown(vlan.VlanId))
        {
            if (AddressPool.IsHoldDownOver(released, vlan, store.Now))
            {
                free.Add(new MacRange(released.Address, released.Address));
            }
            else
            {
                heldDown++;
            }
        }

        var runs = MacRangeSet.Join(free);
        return new MacPool
        {
            VlanId = vlan.VlanId,
            Name = vlan.Name,
            Size = vlan.Ranges.Sum(range => range.Count),
            // What lies in no pool stays with its handle, also when the VLAN admits no more of it.
            Used = vlan.AdmitsOutOfPoolAddresses || store.HasHandles(vlan.VlanId)
                ? vlan.Ranges.Sum(range => store.CountAllocations(vlan.VlanId, range))
                : store.CountAllocations(vlan.VlanId),
            Reserved = store.ListReservations(vlan.VlanId).Sum(reservation => reservation.Size - store.CountAllocations(vlan.VlanId, reservation.Range)),
            Delegated = store.CountDelegatedFree(vlan.VlanId),
            Free = runs.Sum(run => run.Count),
            HeldDown = heldDown,
            LargestFreeRun = runs.Count == 0 ? 0 : runs.Max(run => run.Count),
        };
    }

    /// <summary>Number of a VLAN's addresses that could be given out now, without a look at those that are.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlan">The VLAN.</param>
    internal static long CountFree(IPoolReader store, MacVlan vlan) => store.ListFree(vlan.VlanId).Sum(interval => interval.Count)
        + store.ListHeldDown(vlan.VlanId).Count(released => AddressPool.IsHoldDownOver(released, vlan, store.Now));
}
