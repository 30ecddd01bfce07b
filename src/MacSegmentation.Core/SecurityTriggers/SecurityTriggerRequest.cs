using MacSegmentation.Tags;

namespace MacSegmentation.SecurityTriggers;

/// <summary>What a security trigger is made of.</summary>
public sealed record SecurityTriggerRequest
{
    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>When it fires.</summary>
    public required string When { get; init; }

    /// <summary>Tags that the record gets.</summary>
    public IReadOnlyList<MacTag> AddTag { get; init; } = [];

    /// <summary>Tags that it loses.</summary>
    public IReadOnlyList<MacTag> RemoveTag { get; init; } = [];

    /// <summary>How long, 1 s to 3650 days; null until somebody lifts it.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The partition whose records it watches, or null.</summary>
    public string? Partition { get; init; }

    /// <summary>The one interface record that it watches, or null.</summary>
    public string? Interface { get; init; }

    /// <summary>True if it only says what it would do.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>True if it does not fire.</summary>
    public bool IsDisabled { get; init; }
}
