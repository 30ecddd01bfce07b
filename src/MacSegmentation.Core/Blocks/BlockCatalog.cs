using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.Vlans;

namespace MacSegmentation.Blocks;

/// <summary>
/// The rules by which the shared store delegates addresses and takes them back. Every method either throws before its first write or succeeds.
/// </summary>
/// <remarks>
/// An address of a pool is in one place at a time: free or held down in the shared store, given out by it, or in one block. It leaves a block only when the
/// provider has said that it gives it out no more, or when the block's epoch is closed on an administrator's word.
/// </remarks>
public static class BlockCatalog
{
    private const int NamedUsers = 3;

    /// <summary>The block.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="blockId">Its number.</param>
    /// <exception cref="MacSegmentationException">BlockNotFound.</exception>
    public static MacBlock Get(IBlockReader store, long blockId)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindBlock(blockId) is { } block
            ? CountUse(store, block)
            : throw new MacSegmentationException(
                "BlockNotFound", MacErrorKind.NotFound, $"Block {blockId} does not exist. List the blocks with Get-MacBlock.", blockId);
    }

    /// <summary>Blocks by VLAN and address, closed ones too, each with how many of its addresses are given out; what is null does not restrict.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="provider">The provider, compared without regard to case.</param>
    public static IReadOnlyList<MacBlock> List(IBlockReader store, int? vlanId = null, string? provider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        return [.. store.ListBlocks(vlanId, provider).Select(block => CountUse(store, block))];
    }

    /// <summary>Delegates free addresses of a VLAN: one block if they are in one piece, else several.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="providerName">The provider.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="count">How many, 1 to 2^24.</param>
    /// <exception cref="MacSegmentationException">ProviderNotFound, InvalidVlanId, VlanNotFound, InvalidBlockSize, BlockTooLarge.</exception>
    public static IReadOnlyList<MacBlock> Grant(IBlockWriter store, string providerName, int vlanId, long count)
    {
        var provider = ProviderCatalog.Get(store, providerName);
        var vlan = VlanCatalog.Get(store, vlanId);
        if (count is < 1 or > ProviderCatalog.LargestBlock)
        {
            throw new MacSegmentationException(
                "InvalidBlockSize", MacErrorKind.InvalidArgument, $"A block of {count} addresses is not possible. Give 1 to {ProviderCatalog.LargestBlock}.", count);
        }

        // Never-used addresses only: what is held down belongs to a device that may come back.
        var free = store.ListFree(vlanId);
        long available = free.Sum(interval => interval.Count);
        if (available < count)
        {
            throw new MacSegmentationException(
                "BlockTooLarge",
                MacErrorKind.Exhausted,
                $"VLAN {vlanId} has {available} addresses that were never given out, and {count} are asked for. Give a smaller -Count, or extend the VLAN with Set-MacVlan -AddRange.",
                count);
        }

        // In one piece where there is one, else from the largest pieces, so that there are few blocks.
        long wanted = count;
        var pieces = free.Where(interval => interval.Count >= wanted).Take(1).ToList();
        if (pieces.Count == 0)
        {
            pieces = [.. free.OrderByDescending(interval => interval.Count)];
        }

        var blocks = new List<MacBlock>();
        foreach (var interval in pieces)
        {
            if (count == 0)
            {
                break;
            }

            var range = new MacRange(interval.First, new MacAddress(interval.First.Value + (ulong)Math.Min(count, interval.Count) - 1));
            FreeSpace.TakeRange(store, vlanId, interval, range);
            count -= range.Count;
            var block = store.InsertBlock(new MacBlock { Provider = provider.Name, VlanId = vlan.VlanId, Range = range, GrantedAt = store.Now });
            store.AppendAudit(new AuditEntry(AuditAction.GrantBlock, vlanId, $"block {block.BlockId}", $"{range} to provider '{provider.Name}'"));
            blocks.Add(block);
        }

        return blocks;
    }

    /// <summary>The block, if it could be taken back.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="blockId">Its number.</param>
    /// <param name="evenIfUsed">True if addresses of it may be given out.</param>
    /// <exception cref="MacSegmentationException">BlockNotFound, BlockClosed, BlockInUse.</exception>
    public static MacBlock GetRevocable(IBlockReader store, long blockId, bool evenIfUsed)
    {
        var block = Get(store, blockId);
        if (block.State is BlockState.Closed)
        {
            throw new MacSegmentationException(
                "BlockClosed",
                MacErrorKind.InvalidOperation,
                $"Block {blockId} is closed already: its addresses are the shared store's again. It stays listed until provider '{block.Provider}' returns and learns of it.",
                blockId);
        }

        if (block.Used > 0 && !evenIfUsed)
        {
            var owners = store.ListHandlesIn(block.Range).Take(NamedUsers).Select(handle => $"'{handle.Handle}'").ToList();
            string who = owners.Count == 0 ? string.Empty : $": {string.Join(", ", owners)}{(block.Used > owners.Count ? " and others" : string.Empty)}";
            throw new MacSegmentationException(
                "BlockInUse",
                MacErrorKind.InUse,
                $"{block.Used} of the {block.Size} addresses of block {blockId} of provider '{block.Provider}' are given out{who}. Take back what is free of it with -FreeOnly, or revoke the addresses with Revoke-MacHandle first.",
                blockId);
        }

        return block;
    }

    /// <summary>
    /// Asks a provider to give back what is free of a block. It is the shared store's again when the provider has confirmed, which it does as soon as it reaches
    /// the shared store.
    /// </summary>
    /// <param name="store">The transaction.</param>
    /// <param name="blockId">The block's number.</param>
    /// <param name="freeOnly">True to leave the provider what is given out; false to be refused if anything is.</param>
    /// <returns>The block as it is now.</returns>
    /// <exception cref="MacSegmentationException">BlockNotFound, BlockClosed, BlockInUse.</exception>
    public static MacBlock Recall(IBlockWriter store, long blockId, bool freeOnly = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        var block = GetRevocable(store, blockId, freeOnly);
        if (block.State is BlockState.Recalled)
        {
            return block;
        }

        var recalled = block with { State = BlockState.Recalled };
        store.UpdateBlock(recalled);
        store.AppendAudit(new AuditEntry(AuditAction.RecallBlock, block.VlanId, $"block {blockId}", $"{block.Range} from provider '{block.Provider}'"));
        return recalled;
    }

    /// <summary>
    /// Closes a block's epoch without its provider's word: what is free of it is the shared store's at once, what is given out stays with its owners. Whoever does so
    /// answers for it that the provider is dead: one that only cannot reach the shared store goes on giving out the block's addresses until it can.
    /// </summary>
    /// <param name="store">The transaction.</param>
    /// <param name="blockId">The block's number.</param>
    /// <returns>The block as it is now.</returns>
    /// <exception cref="MacSegmentationException">BlockNotFound, BlockClosed.</exception>
    public static MacBlock Close(IBlockWriter store, long blockId)
    {
        ArgumentNullException.ThrowIfNull(store);
        var block = GetRevocable(store, blockId, evenIfUsed: true);
        foreach (var handle in store.ListHandlesIn(block.Range))
        {
            store.UpdateHandle(handle with { Provider = string.Empty });
        }

        var closed = block with { State = BlockState.Closed, Epoch = block.Epoch + 1 };
        store.UpdateBlock(closed);
        var heldDown = ListStillHeldDown(store, block);
        heldDown.ForEach(store.InsertHeldDown);
        ReturnFree(store, block, [.. FreeParts(store, block).SelectMany(range => MacRangeSet.Without(range, heldDown.Select(released => released.Address).Where(range.Contains)))]);
        store.AppendAudit(new AuditEntry(
            AuditAction.CloseBlock, block.VlanId, $"block {blockId}", $"{block.Range} of provider '{block.Provider}', epoch {closed.Epoch}, {block.Used} given out"));
        return closed;
    }

    /// <summary>Takes in what a provider returns of a block, in the shared store.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="block">The block as the provider has it.</param>
    /// <param name="kept">The ranges of it that the provider keeps, because their addresses are given out; ascending.</param>
    /// <returns>The blocks that take its place, of the ranges that were kept; null if the block is not the provider's any more.</returns>
    public static IReadOnlyList<MacBlock>? TakeReturn(IBlockWriter store, MacBlock block, IReadOnlyList<MacRange> kept)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(block);
        if (store.FindBlock(block.BlockId) is not { State: not BlockState.Closed } known || known.Epoch != block.Epoch)
        {
            return null;
        }

        // The provider may not have told of all that it gave out, nor heard of all that was revoked: what either side holds is kept.
        var returned = MacRangeSet.Subtract([known.Range], kept)
            .SelectMany(range => MacRangeSet.Without(range, store.ListHandlesIn(range).Select(handle => handle.MacAddress)))
            .ToList();
        var keptHere = Complement(known.Range, returned);
        store.DeleteBlock(known.BlockId);
        var blocks = keptHere.Select(range => store.InsertBlock(known with { BlockId = 0, Range = range, State = BlockState.Active })).ToList();
        ReturnFree(store, known, returned);
        store.AppendAudit(new AuditEntry(
            AuditAction.ReturnBlock, known.VlanId, $"block {known.BlockId}", $"{known.Size - blocks.Sum(left => left.Size)} of {known.Size} addresses from provider '{known.Provider}'"));
        return blocks;
    }

    /// <summary>What is not given out of a block, as far as the store knows.</summary>
    internal static IReadOnlyList<MacRange> FreeParts(IBlockReader store, MacBlock block) =>
        MacRangeSet.Without(block.Range, store.ListHandlesIn(block.Range).Select(handle => handle.MacAddress));

    /// <summary>The parts of a range between others in it, which ascend.</summary>
    private static List<MacRange> Complement(MacRange range, List<MacRange> others)
    {
        var between = new List<MacRange>();
        ulong next = range.First.Value;
        foreach (var other in others)
        {
            if (other.First.Value > next)
            {
                between.Add(new MacRange(new MacAddress(next), new MacAddress(other.First.Value - 1)));
            }

            next = other.Last.Value + 1;
        }

        if (next <= range.Last.Value)
        {
            between.Add(new MacRange(new MacAddress(next), range.Last));
        }

        return between;
    }

    /// <summary>What was given up or revoked of a block and is still held down: it would have gone on so at the provider.</summary>
    private static List<HeldDownAddress> ListStillHeldDown(IBlockReader store, MacBlock block)
    {
        var vlan = VlanCatalog.Get(store, block.VlanId);
        return
        [
            .. store.ListHandles(block.VlanId)
                .Where(handle => handle.State is not HandleState.Held && block.Range.Contains(handle.MacAddress) && store.FindHandleByAddress(handle.MacAddress) is null)
                .Select(handle => new HeldDownAddress(handle.MacAddress, block.VlanId, handle.EndedAt ?? store.Now, handle.HeldDownUntil ?? default))
                .Where(released => !AddressPool.IsHoldDownOver(released, vlan, store.Now))
                .GroupBy(released => released.Address)
                .Select(several => several.MaxBy(released => released.HeldDownUntil)!)
                .OrderBy(released => released.Address),
        ];
    }

    /// <summary>Costs as much as the block has addresses given out, so only whoever shows or judges that counts them.</summary>
    private static MacBlock CountUse(IBlockReader store, MacBlock block) =>
        block.State is BlockState.Closed ? block : block with { Used = store.CountAllocations(block.VlanId, block.Range) };

    private static void ReturnFree(IBlockWriter store, MacBlock block, IReadOnlyList<MacRange> ranges)
    {
        foreach (var range in ranges)
        {
            FreeSpace.Add(store, block.VlanId, range);
        }
    }
}
