namespace MacSegmentation.Partitions;

/// <summary>What a record of the pipeline wants of a policy.</summary>
/// <param name="PolicyId">The policy.</param>
/// <param name="Change">What becomes of it.</param>
public readonly record struct NumberedPolicyChange(long PolicyId, PartitionPolicyChange Change);
