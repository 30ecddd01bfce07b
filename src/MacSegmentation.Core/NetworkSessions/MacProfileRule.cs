using System.IO.Enumeration;
using MacSegmentation.Tags;

namespace MacSegmentation.NetworkSessions;

/// <summary>
/// A rule that gives instances a profile: at launch (assignment), or while what is measured at their port meets a condition (adjustment). Of the assignments that match the one with the
/// lowest number counts.
/// </summary>
public sealed record MacProfileRule
{
    /// <summary>How long a profile stays at least after a rule has changed it, unless said otherwise.</summary>
    public static readonly TimeSpan DefaultHoldTime = TimeSpan.FromSeconds(10);

    /// <summary>Its running number, which it keeps for its life and nobody gets after it.</summary>
    public long RuleId { get; init; }

    /// <summary>The profile that it gives.</summary>
    public required string UseProfile { get; init; }

    /// <summary>Only instances with such a name, with * and ?, in any case; null for all.</summary>
    public string? MatchName { get; init; }

    /// <summary>Only instances whose interface record has all of these tags; a JSON tag is had by one that contains it.</summary>
    public IReadOnlyList<MacTag> MatchTag { get; init => field = TagList.Of(value); } = TagList.None;

    /// <summary>Only instances of this session; null for all.</summary>
    public string? Session { get; init; }

    /// <summary>The condition over <see cref="ProfileMetrics"/> under which it gives the profile, in its canonical form; null if it does so at launch.</summary>
    public string? When { get; init; }

    /// <summary>How long the condition must not have been met before the instance gets back what it was launched with, 1 s to 1 day; null for never.</summary>
    public TimeSpan? RevertAfter { get; init; }

    /// <summary>How long the profile stays at least once the rule has changed it, 0 to 1 day.</summary>
    public TimeSpan HoldTime { get; init; } = DefaultHoldTime;

    /// <summary>When it was suspended, by somebody or because it went to and fro with another rule over an instance; null if it was not. It changes nothing until it is made active again.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Whether it is tried.</summary>
    public ProfileRuleState State => SuspendedAt is null ? ProfileRuleState.Active : ProfileRuleState.Suspended;

    /// <summary>True if it gives its profile while a condition is met, false if at launch.</summary>
    public bool IsAdjustment => When is not null;

    /// <summary>True if it is about an instance.</summary>
    /// <param name="name">The instance.</param>
    /// <param name="tags">The tags of its interface record.</param>
    /// <param name="session">Its session, or null.</param>
    public bool Matches(string name, IReadOnlyList<MacTag> tags, string? session)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tags);
        return (Session is null || string.Equals(Session, session, StringComparison.OrdinalIgnoreCase))
            && (MatchName is null || FileSystemName.MatchesSimpleExpression(MatchName, name, ignoreCase: true))
            && MatchTag.All(pattern => MacTags.Have(tags, pattern));
    }

    /// <summary>True if it says the same as another one, whatever its number.</summary>
    internal bool SaysTheSameAs(MacProfileRule other) =>
        this with { RuleId = other.RuleId, SuspendedAt = other.SuspendedAt, MatchTag = other.MatchTag } == other && MatchTag.SequenceEqual(other.MatchTag);
}
