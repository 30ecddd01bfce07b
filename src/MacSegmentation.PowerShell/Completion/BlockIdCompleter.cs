using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes blocks by number: of the provider and the VLAN that were given, or of any.</summary>
internal sealed class BlockIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store
        .ListBlocks(BoundVlan(bound), BoundName(bound, "Provider"))
        .Select(block => new CompletionCandidate($"{block.BlockId}", $"{block.Range} of '{block.Provider}' in VLAN {block.VlanId}"));
}
