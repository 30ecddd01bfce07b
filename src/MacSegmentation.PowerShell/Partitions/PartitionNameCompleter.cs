using System.Collections;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Completes partitions by name.</summary>
internal sealed class PartitionNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) =>
        store.ListPartitions().Select(partition => new CompletionCandidate(partition.Name, $"Partition '{partition.Name}', number {partition.Id}"));
}
