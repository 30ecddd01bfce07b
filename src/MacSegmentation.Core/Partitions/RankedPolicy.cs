namespace MacSegmentation.Partitions;

/// <summary>A policy with what its partition adds to it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Priority">The partition's priority.</param>
/// <param name="IsStaged">True if the policy or its partition is staged: it decides nothing.</param>
public sealed record RankedPolicy(MacPartitionPolicy Policy, int Priority, bool IsStaged);
