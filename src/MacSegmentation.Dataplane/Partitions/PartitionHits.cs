using MacSegmentation.Reports;

namespace MacSegmentation.Partitions;

/// <summary>How many frames a policy of a partition decided over.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="IsStaged">True if the policy or its partition is staged: it would have decided over them.</param>
/// <param name="Frames">Copies of frames in all directions since the enforcer's start, or since the policy was added.</param>
public sealed record PartitionHits(MacPartitionPolicy Policy, bool IsStaged, long Frames)
{
    /// <summary>What is told of it.</summary>
    public static Report<PartitionHits> Report { get; } = new Report<PartitionHits>()
        .Text("partition", hits => hits.Policy.Partition, $"{nameof(Policy)}.{nameof(MacPartitionPolicy.Partition)}")
        .Number("policyId", hits => hits.Policy.PolicyId, $"{nameof(Policy)}.{nameof(MacPartitionPolicy.PolicyId)}")
        .Reference("policy", hits => hits.Policy, nameof(Policy))
        .Flag("staged", hits => hits.IsStaged, nameof(IsStaged))
        .Number("frames", hits => hits.Frames);

    /// <summary>The policy and its frames as one line.</summary>
    public override string ToString() => $"'{Policy.Partition}', {Policy}: {Frames}";
}
