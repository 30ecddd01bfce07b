using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>What a partition is created from.</summary>
public sealed record PartitionRequest
{
    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>Its number, 1 to 65,535, or null for the lowest that is free.</summary>
    public int? Id { get; init; }

    /// <summary>True to take a number that a removed partition had a short time ago.</summary>
    public bool TakesRetiredId { get; init; }

    /// <summary>What its policies count against those of others, 0 to 65,535.</summary>
    public int Priority { get; init; } = MacPartition.DefaultPriority;

    /// <summary>Whether a record must have all of its tags, or one.</summary>
    public PartitionMatch Match { get; init; }

    /// <summary>What a record's tags must have in them.</summary>
    public IReadOnlyList<MacTag> Tag { get; init; } = [];

    /// <summary>What a record must lack.</summary>
    public IReadOnlyList<MacTag> NotTag { get; init; } = [];

    /// <summary>True if its policies are to decide nothing.</summary>
    public bool IsStaged { get; init; }
}
