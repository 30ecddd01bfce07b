using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.Partitions;

/// <summary>The rows of partitions and their policies, and of the tags that interface records have.</summary>
public interface IPartitionReader : IInterfaceReader, IPartitionUses
{
    /// <summary>What holds for all partitions.</summary>
    PartitionSettings PartitionSettings { get; }

    /// <summary>The partition with this name, in any case, with its policies, or null.</summary>
    MacPartition? FindPartition(string name);

    /// <summary>The partitions with their policies, by name.</summary>
    IReadOnlyList<MacPartition> ListPartitions();

    /// <summary>The policy with this number, or null.</summary>
    MacPartitionPolicy? FindPartitionPolicy(long policyId);

    /// <summary>The numbers of partitions that were removed, each with the last one that had it, by number.</summary>
    IReadOnlyList<RetiredPartition> ListRetiredPartitions();

    /// <summary>The tags that interface records have, each once, in the order of their JSON forms.</summary>
    IReadOnlyList<TagUse> ListTags();

    /// <summary>The interface records that have a tag, by number.</summary>
    /// <param name="tag">The tag, which a record's must equal.</param>
    /// <param name="after">The number after which they come; 0 for the first.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MacInterface> ListTagged(MacTag tag, long after, int limit);

    /// <inheritdoc/>
    long IVlanUses.CountPeerPolicies(int vlanId) => ListPartitions().Sum(partition => partition.Policy.Count(policy => policy.Peer.VlanId == vlanId));

    /// <summary>The partitions by their numbers.</summary>
    NamedRecords PartitionNumbers => new("PartitionNumber", [.. ListPartitions().Select(partition => new NamedRecord($"{partition.Id}", VlanId: 0, $"partition '{partition.Name}'"))]);

    /// <summary>The partitions by their names.</summary>
    NamedRecords PartitionNames => new("Partition", [.. ListPartitions().Select(partition => new NamedRecord(partition.Name, VlanId: 0, $"number {partition.Id}"))]);
}
