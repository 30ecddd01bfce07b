namespace MacSegmentation.NetworkSessions;

/// <summary>What an application asks for, whose machine an instance is: another profile.</summary>
public sealed record FeedbackRequest
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Why, for the audit: 1 to 200 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>After which time the instance gets back what it was launched with, 1 s to 1 day; null to keep the profile as its own.</summary>
    public TimeSpan? RevertAfter { get; init; }
}
