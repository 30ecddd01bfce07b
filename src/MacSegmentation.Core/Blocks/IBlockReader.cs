using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.Vlans;

namespace MacSegmentation.Blocks;

/// <summary>The rows of blocks.</summary>
public interface IBlockReader : IHandleReader, IProviderReader
{
    /// <summary>The block with this number, or null.</summary>
    MacBlock? FindBlock(long blockId);

    /// <summary>The lowest block, not closed, that shares an address with a range, or null. What is given out of it is not counted.</summary>
    MacBlock? FindBlockIn(MacRange range);

    /// <summary>Blocks by VLAN and address, closed ones too; what is null does not restrict. The provider is compared without regard to case.</summary>
    IReadOnlyList<MacBlock> ListBlocks(int? vlanId = null, string? provider = null);

    /// <inheritdoc/>
    Delegation? IVlanUses.FindDelegation(int vlanId, MacRange range) => !IsReplica && FindBlockIn(range) is { } block && block.VlanId == vlanId
        ? new Delegation(block.BlockId, block.Range, block.Provider)
        : null;

    /// <inheritdoc/>
    long IVlanUses.CountDelegations(int vlanId) => IsReplica ? 0 : ListBlocks(vlanId).Count(block => block.State is not BlockState.Closed);

    /// <inheritdoc/>
    long IPoolUses.CountDelegatedFree(int vlanId) =>
        IsReplica ? 0 : BlockCatalog.List(this, vlanId).Where(block => block.State is not BlockState.Closed).Sum(block => block.Size - block.Used);

    /// <inheritdoc/>
    (int Blocks, long Addresses) IProviderUses.CountBlocks(string provider)
    {
        var blocks = BlockCatalog.List(this, provider: provider).Where(block => block.State is not BlockState.Closed).ToList();
        return (blocks.Count, blocks.Sum(block => block.Used));
    }
}
