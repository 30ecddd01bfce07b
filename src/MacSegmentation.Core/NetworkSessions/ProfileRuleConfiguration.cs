using MacSegmentation.Conditions;
using MacSegmentation.Documents;
using MacSegmentation.Naming;
using MacSegmentation.Tags;
using MacSegmentation.Units;

namespace MacSegmentation.NetworkSessions;

/// <summary>A rule of the declarative document that gives instances a profile.</summary>
public sealed record ProfileRuleConfiguration
{
    /// <summary>The profile that it gives.</summary>
    public required string UseProfile { get; init; }

    /// <summary>Only instances with such a name; null for all.</summary>
    public string? MatchName { get; init; }

    /// <summary>Only instances whose interface record has all of these tags.</summary>
    public IReadOnlyList<MacTag> MatchTags { get; init; } = [];

    /// <summary>Only instances of this session; null for all.</summary>
    public string? Session { get; init; }

    /// <summary>The condition under which it gives the profile; null if at launch.</summary>
    public string? When { get; init; }

    /// <summary>How long the condition must not have been met before the profile is taken back; null for never.</summary>
    public TimeSpan? RevertAfter { get; init; }

    /// <summary>How long the profile stays at least.</summary>
    public TimeSpan HoldTime { get; init; } = MacProfileRule.DefaultHoldTime;

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<ProfileRuleConfiguration> Document { get; } =
        new DocumentObject<ProfileRuleConfiguration>("profileRule", "a rule that gives instances a profile", new() { UseProfile = string.Empty })
        .Required(
            "useProfile", "The profile that it gives.", RecordName.Type, rule => rule.UseProfile, (rule, profile) => rule with { UseProfile = profile }, "InvalidProfileName", "ProfileNotFound", "ProfileRangeOutsidePool")
        .Optional(
            "matchName",
            "Only instances with such a name: * stands for any, ? for one character.",
            new TextType { MinLength = 1, MaxLength = 64 },
            rule => rule.MatchName,
            (rule, name) => rule with { MatchName = name },
            "InvalidNamePattern",
            "ProfileRuleWithoutMatch")
        .List("matchTags", "Only instances whose interface has all of these tags.", TagType.Instance, rule => rule.MatchTags, (rule, tags) => rule with { MatchTags = tags }, maxItems: MacTags.MaxCount)
        .Optional("session", "Only instances of this session.", RecordName.Type, rule => rule.Session, (rule, session) => rule with { Session = session }, "InvalidSessionName", "SessionNotFound")
        .Optional(
            "when",
            $"While what it gives the profile, such as EgressUtilization > 90% within 10s; without it, at launch. It may ask about {string.Join(", ", ProfileMetrics.All.Select(metric => metric.Name))}.",
            new TextType { MinLength = 1, MaxLength = MacCondition.MaxLength },
            rule => rule.When,
            (rule, when) => rule with { When = when },
            "InvalidCondition",
            "ProfileRuleWithoutCondition")
        .Optional(
            "revertAfter",
            "How long the condition must not have been met before the instance gets back what it was launched with. Without it: never.",
            new OptionalType<TimeSpan>(DurationType.Instance),
            rule => rule.RevertAfter,
            (rule, time) => rule with { RevertAfter = time },
            "InvalidRevertTime")
        .Optional("holdTime", "How long the profile stays at least.", DurationType.Instance, rule => rule.HoldTime, (rule, time) => rule with { HoldTime = time }, "InvalidHoldTime");

    /// <summary>What a document says of a store's rule.</summary>
    internal static ProfileRuleConfiguration Of(MacProfileRule rule) => new()
    {
        UseProfile = rule.UseProfile,
        MatchName = rule.MatchName,
        MatchTags = rule.MatchTag,
        Session = rule.Session,
        When = rule.When,
        RevertAfter = rule.RevertAfter,
        HoldTime = rule.HoldTime,
    };

    /// <summary>The rule to add.</summary>
    internal ProfileRuleRequest ToRequest() =>
        new() { UseProfile = UseProfile, MatchName = MatchName, MatchTag = MatchTags, Session = Session, When = When, RevertAfter = RevertAfter, HoldTime = HoldTime };

    /// <summary>True if a store's rule says this.</summary>
    internal bool IsSameAs(MacProfileRule rule) =>
        string.Equals(UseProfile, rule.UseProfile, StringComparison.OrdinalIgnoreCase)
        && string.Equals(MatchName, rule.MatchName, StringComparison.Ordinal)
        && string.Equals(Session, rule.Session, StringComparison.OrdinalIgnoreCase)
        && rule.MatchTag.ToHashSet().SetEquals(MatchTags)
        && string.Equals(When is null ? null : ProfileRuleCatalog.Parse(When).ToString(), rule.When, StringComparison.Ordinal)
        && (RevertAfter == TimeSpan.Zero ? null : RevertAfter) == rule.RevertAfter
        && HoldTime == rule.HoldTime;
}
