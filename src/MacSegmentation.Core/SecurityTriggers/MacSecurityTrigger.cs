using MacSegmentation.Tags;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Tags an interface record, for a time or until somebody lifts it, when what an enforcer counts at the record's port meets a condition.</summary>
public sealed record MacSecurityTrigger
{
    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>When it fires, such as <c>Denials &gt; 50 within 10s</c>, over <see cref="TriggerMetrics"/>; in its canonical form.</summary>
    public required string When { get; init; }

    /// <summary>Tags that the record gets.</summary>
    public IReadOnlyList<MacTag> AddTag { get; init => field = TagList.Of(value); } = TagList.None;

    /// <summary>Tags that it loses.</summary>
    public IReadOnlyList<MacTag> RemoveTag { get; init => field = TagList.Of(value); } = TagList.None;

    /// <summary>How long, 1 s to 3650 days; null until somebody lifts it.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The partition whose records it watches, or null.</summary>
    public string? Partition { get; init; }

    /// <summary>The one interface record that it watches, or null. With neither, it watches all.</summary>
    public string? Interface { get; init; }

    /// <summary>True if it only says what it would do.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>True if it does not fire. What it did before stays for its time.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>When it last fired, or would have; null if never.</summary>
    public DateTimeOffset? LastFired { get; init; }

    /// <summary>The host and process that saw it, such as <c>host-1 macseg/4711</c>.</summary>
    public string? LastFiredBy { get; init; }

    /// <summary>The interface record at which it did.</summary>
    public string? LastFiredInterface { get; init; }

    /// <summary>What had been counted.</summary>
    public string? LastEvidence { get; init; }

    /// <summary>Number of interface records that it has tagged now.</summary>
    public int InForce { get; init; }
}
