using System.Collections;
using System.Globalization;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Completes policies of partitions by their number.</summary>
internal sealed class PartitionPolicyIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListPartitions()
        .SelectMany(partition => partition.Policy)
        .Select(policy => new CompletionCandidate(policy.PolicyId.ToString(CultureInfo.InvariantCulture), $"{policy.Partition}: {policy}"));
}
