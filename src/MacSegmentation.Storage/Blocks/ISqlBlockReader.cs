using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Blocks;

/// <summary>The questions about blocks, as queries.</summary>
internal interface ISqlBlockReader : IBlockReader, ISqlSession
{
    MacBlock? IBlockReader.FindBlock(long blockId) => Connection.Prepare(BlockTable.SelectById).Bind(1, blockId).First(BlockTable.Rows.Read);

    MacBlock? IBlockReader.FindBlockIn(MacRange range)
    {
        // Blocks share no address: the last that begins before the range reaches farthest into it.
        var before = Connection.Prepare(BlockTable.SelectByFirst).Bind(1, range.First).First(BlockTable.Rows.Read);
        return before?.Range.Overlaps(range) == true
            ? before
            : Connection.Prepare(BlockTable.SelectBetween).Bind(1, range.First).Bind(2, range.Last).First(BlockTable.Rows.Read);
    }

    IReadOnlyList<MacBlock> IBlockReader.ListBlocks(int? vlanId, string? provider)
    {
        var statement = (vlanId, provider) switch
        {
            (null, null) => Connection.Prepare(BlockTable.SelectSorted),
            ({ } vlan, null) => Connection.Prepare(BlockTable.SelectOfVlan).Bind(1, vlan),
            (null, { } name) => Connection.Prepare(BlockTable.SelectOfProvider).Bind(1, NameKeys.Of(name)),
            ({ } vlan, { } name) => Connection.Prepare(BlockTable.SelectOfVlanAndProvider).Bind(1, vlan).Bind(2, NameKeys.Of(name)),
        };
        return statement.All(BlockTable.Rows.Read);
    }
}
