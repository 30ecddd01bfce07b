using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>What to change about a partition; what is null stays as it is.</summary>
public sealed record PartitionChange
{
    /// <summary>The new priority, 0 to 65,535.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether a record must have all of its tags, or one, from now on.</summary>
    public PartitionMatch? Match { get; init; }

    /// <summary>All that a record's tags must have in them from now on.</summary>
    public IReadOnlyList<MacTag>? Tag { get; init; }

    /// <summary>All that a record must lack from now on.</summary>
    public IReadOnlyList<MacTag>? NotTag { get; init; }

    /// <summary>Whether its policies decide nothing from now on.</summary>
    public bool? IsStaged { get; init; }
}
