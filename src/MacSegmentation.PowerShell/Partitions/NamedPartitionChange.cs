namespace MacSegmentation.Partitions;

/// <summary>What a record of the pipeline wants of a partition.</summary>
/// <param name="Name">The partition.</param>
/// <param name="Change">What becomes of it.</param>
public readonly record struct NamedPartitionChange(string Name, PartitionChange Change);
