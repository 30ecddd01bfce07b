using MacSegmentation.Blocks;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Blocks;

/// <summary>The changes of blocks, as statements.</summary>
internal interface ISqlBlockWriter : ISqlBlockReader, IBlockWriter, ISqlChange
{
    MacBlock IBlockWriter.InsertBlock(MacBlock block)
    {
        if (block.BlockId == 0)
        {
            return block with { BlockId = BlockTable.Rows.InsertNew(this, block) };
        }

        BlockTable.Rows.InsertNumbered(this, block);
        return block;
    }

    void IBlockWriter.UpdateBlock(MacBlock block) => BlockTable.Rows.Update(this, block);

    void IBlockWriter.DeleteBlock(long blockId) => BlockTable.Rows.Delete(this, blockId);
}
