using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Blocks;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>Takes blocks back from providers: when the provider has confirmed, or at once on the administrator's word that it is dead.</summary>
[Cmdlet(VerbsSecurity.Revoke, "MacBlock", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = RecallSet)]
[OutputType(typeof(MacBlock))]
public sealed class RevokeMacBlockCommand : GroupCommitCmdlet<long, MacBlock>
{
    private const string RecallSet = "Recall";
    private const string CloseSet = "Close";

    /// <summary>The blocks' numbers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [BlockNumber(IsList = true)]
    [ArgumentCompleter(typeof(BlockIdCompleter))]
    public long[] BlockId { get; set; } = [];

    /// <summary>Leaves the provider the addresses that are given out.</summary>
    [Parameter(ParameterSetName = RecallSet)]
    public SwitchParameter FreeOnly { get; set; }

    /// <summary>Closes the block's epoch without the provider's word. Whoever does so answers for it that the provider is dead.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CloseSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the block as it is now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (long blockId in BlockId)
        {
            // Nobody is asked to confirm what would then be refused.
            Read(
                store =>
                {
                    SharedStore.Require(store);
                    return BlockCatalog.GetRevocable(store, blockId, FreeOnly || Force);
                },
                block =>
                {
                    if (Force ? MayClose(block) : MayRecall(block))
                    {
                        Collect(blockId);
                    }
                });
        }
    }

    private protected override MacBlock Change(IStoreWriter writer, long item) => Force ? BlockCatalog.Close(writer, item) : BlockCatalog.Recall(writer, item, FreeOnly);

    private protected override void WriteResult(long item, MacBlock result)
    {
        WriteVerbose(Force
            ? $"Closed block {result.BlockId} of provider '{result.Provider}': its free addresses are the shared store's."
            : $"Asked provider '{result.Provider}' to return what is free of block {result.BlockId}.");
        if (PassThru)
        {
            WriteObject(result);
        }
    }

    private bool MayRecall(MacBlock block) => ShouldProcess($"Block {block.BlockId}, {block.Range} of provider '{block.Provider}'", "Ask back what is free of it");

    /// <summary>-Force says which of the two is meant, and not that nobody is to be asked: this is the one act that can give an address two owners.</summary>
    private bool MayClose(MacBlock block) => ShouldProcess(
        $"Closing block {block.BlockId}, {block.Range} of provider '{block.Provider}', without its word.",
        $"""
        Provider '{block.Provider}' has not confirmed that it gives out no more of block {block.BlockId}, {block.Range}.
        Its free addresses can be given to others at once; {block.Used} that are known to be given out stay with their owners.
        You answer for it that the provider is dead: one that only cannot reach the shared store goes on giving out addresses of the block, and each of them
        may then have two owners, until it reaches the shared store again.
        Close the block?
        """,
        "Close a block without its provider's word");
}
