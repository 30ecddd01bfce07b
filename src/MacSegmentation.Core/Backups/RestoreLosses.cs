using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Handles;
using MacSegmentation.Pools;

namespace MacSegmentation.Backups;

/// <summary>
/// Finds what a restore would forget: addresses and blocks that are in use in the store as it is, and that the backup does not know or knows as another's. Configuration is not
/// looked at: it can be made again, an address that two machines have cannot be taken back.
/// </summary>
public static class RestoreLosses
{
    private const int PageSize = 4096;

    /// <summary>Compares a store with a backup; takes one pass over the allocations and the handles of both.</summary>
    /// <param name="present">The store as it is.</param>
    /// <param name="backup">The store that the backup holds.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Allocations by address, then handles, then blocks.</returns>
    public static IReadOnlyList<MacRestoreLoss> Find(IBlockReader present, IBlockReader backup, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(backup);
        return [.. LostAllocations(present, backup, cancellation), .. LostHandles(present, backup, cancellation), .. LostBlocks(present, backup)];
    }

    /// <summary>Those of handles are told with their handles.</summary>
    private static IEnumerable<MacRestoreLoss> LostAllocations(IBlockReader present, IBlockReader backup, CancellationToken cancellation)
    {
        using var known = Allocations(backup).GetEnumerator();
        bool isMore = known.MoveNext();
        foreach (var allocation in Allocations(present))
        {
            cancellation.ThrowIfCancellationRequested();
            while (isMore && known.Current.MacAddress < allocation.MacAddress)
            {
                isMore = known.MoveNext();
            }

            bool isKnown = isMore && known.Current.MacAddress == allocation.MacAddress && known.Current.VlanId == allocation.VlanId
                && string.Equals(known.Current.InstanceId, allocation.InstanceId, StringComparison.OrdinalIgnoreCase);
            if (!isKnown && allocation.Handle.Length == 0)
            {
                yield return new MacRestoreLoss
                {
                    Kind = RestoreLossKind.Allocation,
                    VlanId = allocation.VlanId,
                    MacAddress = allocation.MacAddress,
                    LastAddress = allocation.MacAddress,
                    InstanceId = allocation.InstanceId,
                    Since = allocation.AllocatedAt,
                };
            }
        }
    }

    private static IEnumerable<MacAllocation> Allocations(IPoolReader store)
    {
        var all = new MacRange(new MacAddress(0), MacAddress.Broadcast);
        while (true)
        {
            var page = store.ListAllocationsIn(all, vlanId: null, PageSize);
            foreach (var allocation in page)
            {
                yield return allocation;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            all = new MacRange(new MacAddress(page[^1].MacAddress.Value + 1), all.Last);
        }
    }

    private static IEnumerable<MacRestoreLoss> LostHandles(IBlockReader present, IBlockReader backup, CancellationToken cancellation)
    {
        MacHandle? last = null;
        IReadOnlyList<MacHandle> page;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            page = present.ListHandlesAfter(last, PageSize);
            foreach (var handle in page)
            {
                last = handle;
                if (handle.State is HandleState.Held && !IsHeldBy(backup, handle))
                {
                    yield return new MacRestoreLoss
                    {
                        Kind = RestoreLossKind.Handle,
                        VlanId = handle.VlanId,
                        MacAddress = handle.MacAddress,
                        LastAddress = handle.MacAddress,
                        InstanceId = handle.InstanceId,
                        Handle = handle.Handle,
                        Since = handle.AssignedAt,
                    };
                }
            }
        }
        while (page.Count == PageSize);
    }

    private static bool IsHeldBy(IBlockReader backup, MacHandle handle) =>
        backup.FindHandle(handle.Handle, handle.IsCopy ? handle.InstanceId : string.Empty) is { State: HandleState.Held } known && known.MacAddress == handle.MacAddress;

    private static IEnumerable<MacRestoreLoss> LostBlocks(IBlockReader present, IBlockReader backup)
    {
        var known = backup.ListBlocks().Where(block => block.State is not BlockState.Closed).ToDictionary(block => block.Range.First);
        return present.ListBlocks()
            .Where(block => block.State is not BlockState.Closed
                && !(known.TryGetValue(block.Range.First, out var same) && same.Range == block.Range && string.Equals(same.Provider, block.Provider, StringComparison.OrdinalIgnoreCase)))
            .Select(block => new MacRestoreLoss
            {
                Kind = RestoreLossKind.Block,
                VlanId = block.VlanId,
                MacAddress = block.Range.First,
                LastAddress = block.Range.Last,
                InstanceId = block.Provider,
                Since = block.GrantedAt,
            });
    }
}
