using System.Collections;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Completes the other side of a policy: anything, partitions by name, and VLANs.</summary>
internal sealed class PartitionPeerCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) =>
    [
        new CompletionCandidate($"{PartitionPeer.Any}", "Anything"),
        .. store.ListPartitions().Select(partition => new CompletionCandidate(partition.Name, $"Partition '{partition.Name}', number {partition.Id}")),
        .. store.ListVlans().Select(vlan => new CompletionCandidate($"{PartitionPeer.OfVlan(vlan.VlanId)}", vlan.Name.Length > 0 ? $"VLAN {vlan.VlanId}: {vlan.Name}" : $"VLAN {vlan.VlanId}")),
    ];
}
