namespace MacSegmentation.Partitions;

/// <summary>What holds for all partitions of a store.</summary>
public sealed record PartitionSettings
{
    /// <summary>What counts first where several policies match.</summary>
    public ConflictResolution ConflictResolution { get; init; }

    /// <summary>How long the number of a removed partition is not given to another one; other hosts may still send it. Zero to 3650 days.</summary>
    public TimeSpan IdReuseDelay { get; init; } = TimeSpan.FromHours(24);
}
