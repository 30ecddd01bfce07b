using MacSegmentation.Addressing;

namespace MacSegmentation.Vlans;

/// <summary>
/// A pool's never-used addresses as intervals that neither meet nor touch: a pool of 2^40 addresses is one interval, like a pool of 16.
/// </summary>
internal static class FreeSpace
{
    /// <summary>Adds addresses that are in no interval, and joins them with the intervals on either side.</summary>
    public static void Add(IFreeSpaceWriter store, int vlanId, MacRange range)
    {
        if (range.First.Value > 0 && store.FindFree(vlanId, new MacAddress(range.First.Value - 1)) is { } before)
        {
            store.DeleteFree(vlanId, before);
            range = new MacRange(before.First, range.Last);
        }

        if (!range.Last.IsBroadcast && store.FindFree(vlanId, new MacAddress(range.Last.Value + 1)) is { } after)
        {
            store.DeleteFree(vlanId, after);
            range = new MacRange(range.First, after.Last);
        }

        store.InsertFree(vlanId, range);
    }

    /// <summary>Takes one address out of the interval that holds it.</summary>
    public static void Take(IFreeSpaceWriter store, int vlanId, MacRange interval, MacAddress address) =>
        Replace(store, vlanId, interval, new MacRange(address, address));

    /// <summary>Takes a range out of the interval that holds it.</summary>
    public static void TakeRange(IFreeSpaceWriter store, int vlanId, MacRange interval, MacRange range) => Replace(store, vlanId, interval, range);

    /// <summary>Forgets all that is known about the addresses of a range: free intervals and addresses that are held down.</summary>
    public static void Remove(IFreeSpaceWriter store, int vlanId, MacRange range)
    {
        foreach (var interval in store.ListFree(vlanId))
        {
            if (interval.Overlaps(range))
            {
                Replace(store, vlanId, interval, range);
            }
        }

        store.DeleteHeldDownIn(vlanId, range);
    }

    private static void Replace(IFreeSpaceWriter store, int vlanId, MacRange interval, MacRange without)
    {
        store.DeleteFree(vlanId, interval);
        foreach (var rest in MacRangeSet.Subtract([interval], without))
        {
            store.InsertFree(vlanId, rest);
        }
    }
}
