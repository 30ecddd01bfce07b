using MacSegmentation.Handles;
using MacSegmentation.Providers;

namespace MacSegmentation.Blocks;

/// <summary>Writes the rows of blocks.</summary>
public interface IBlockWriter : IBlockReader, IHandleWriter, IProviderWriter
{
    /// <summary>Records a block and returns it with its number: the one that it has, or a new one if it has none.</summary>
    MacBlock InsertBlock(MacBlock block);

    /// <summary>Records a block's range, epoch and state anew, by its number.</summary>
    void UpdateBlock(MacBlock block);

    /// <summary>Removes a block.</summary>
    void DeleteBlock(long blockId);
}
