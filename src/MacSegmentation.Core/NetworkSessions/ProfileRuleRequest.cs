using MacSegmentation.Tags;

namespace MacSegmentation.NetworkSessions;

/// <summary>What a rule that gives instances a profile is made of.</summary>
public sealed record ProfileRuleRequest
{
    /// <summary>The profile that it gives.</summary>
    public required string UseProfile { get; init; }

    /// <summary>Only instances with such a name, with * and ?; null or the empty text for all.</summary>
    public string? MatchName { get; init; }

    /// <summary>Only instances whose interface record has all of these tags.</summary>
    public IReadOnlyList<MacTag> MatchTag { get; init; } = [];

    /// <summary>Only instances of this session; null or the empty text for all.</summary>
    public string? Session { get; init; }

    /// <summary>The condition under which it gives the profile; null or the empty text to give it at launch.</summary>
    public string? When { get; init; }

    /// <summary>How long the condition must not have been met before the instance gets back what it was launched with; null or zero for never.</summary>
    public TimeSpan? RevertAfter { get; init; }

    /// <summary>How long the profile stays at least once the rule has changed it; null for <see cref="MacProfileRule.DefaultHoldTime"/>.</summary>
    public TimeSpan? HoldTime { get; init; }
}
