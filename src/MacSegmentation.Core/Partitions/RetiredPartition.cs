namespace MacSegmentation.Partitions;

/// <summary>The number of a partition that was removed.</summary>
/// <param name="Id">The number.</param>
/// <param name="Name">What the partition was called.</param>
/// <param name="RemovedAt">When it was removed.</param>
public sealed record RetiredPartition(int Id, string Name, DateTimeOffset RemovedAt);
