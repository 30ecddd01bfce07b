using MacSegmentation.Tags;

namespace MacSegmentation.SecurityTriggers;

/// <summary>What to change about a security trigger; what is null stays as it is.</summary>
public sealed record SecurityTriggerChange
{
    /// <summary>When it fires from now on.</summary>
    public string? When { get; init; }

    /// <summary>All tags that a record gets from now on.</summary>
    public IReadOnlyList<MacTag>? AddTag { get; init; }

    /// <summary>All tags that it loses from now on.</summary>
    public IReadOnlyList<MacTag>? RemoveTag { get; init; }

    /// <summary>How long from now on, 1 s to 3650 days; zero until somebody lifts it. What is in force keeps its time.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The partition whose records it watches from now on; the empty text for all.</summary>
    public string? Partition { get; init; }

    /// <summary>The one interface record that it watches from now on; the empty text for all.</summary>
    public string? Interface { get; init; }

    /// <summary>Whether it only says what it would do from now on.</summary>
    public bool? IsDryRun { get; init; }

    /// <summary>Whether it does not fire from now on.</summary>
    public bool? IsDisabled { get; init; }
}
