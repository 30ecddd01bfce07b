namespace MacSegmentation.NetworkSessions;

/// <summary>Another profile that a rule, or an application, has given to a running instance. What it was launched with it keeps, and gets back.</summary>
public sealed record ProfileAdjustment
{
    /// <summary>The instance.</summary>
    public required string Instance { get; init; }

    /// <summary>The number of its interface record.</summary>
    public long InterfaceId { get; init; }

    /// <summary>The number of the rule; null if an application asked for it.</summary>
    public long? RuleId { get; init; }

    /// <summary>The profile that was given; null if it is the rule's.</summary>
    public string? Profile { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until then no rule changes the instance.</summary>
    public DateTimeOffset HeldUntil { get; init; }

    /// <summary>When the instance gets back what it was launched with, unless the condition is met meanwhile; null for never.</summary>
    public DateTimeOffset? Until { get; init; }
}
