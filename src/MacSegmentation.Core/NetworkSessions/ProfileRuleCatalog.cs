using MacSegmentation.Auditing;
using MacSegmentation.Conditions;
using MacSegmentation.Errors;
using MacSegmentation.Naming;
using MacSegmentation.Profiles;
using MacSegmentation.Tags;
using MacSegmentation.Units;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

/// <summary>The rules for rules that give instances profiles. Every method either throws before its first write or succeeds.</summary>
public static class ProfileRuleCatalog
{
    /// <summary>Rules that a store may have: each launch tries them, and enforcers look at those with a condition several times a second.</summary>
    public const int MaxCount = 1000;

    /// <summary>The longest time after which a profile is taken back, and for which it is held.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromDays(1);

    private const int LongestPattern = 64;
    private const int NoVlan = 0;
    private static readonly TimeSpan MinRevert = TimeSpan.FromSeconds(1);

    /// <summary>The rule.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="ruleId">Its number.</param>
    /// <exception cref="MacSegmentationException">ProfileRuleNotFound.</exception>
    public static MacProfileRule Get(INetworkSessionReader store, long ruleId)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindProfileRule(ruleId) ?? throw new MacSegmentationException(
            "ProfileRuleNotFound",
            MacErrorKind.NotFound,
            $"Profile rule {ruleId} does not exist. Add one with Add-MacProfileRule, or list the rules with Get-MacProfileRule.",
            ruleId);
    }

    /// <summary>Adds a rule behind the others. Instances that are there already keep what they have.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What it is made of.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidProfileName, ProfileNotFound, InvalidSessionName, SessionNotFound, ProfileRangeOutsidePool, InvalidCondition, ProfileRuleWithoutMatch, InvalidNamePattern, TooManyTags,
    /// ProfileRuleWithoutCondition, InvalidRevertTime, InvalidHoldTime, ProfileRuleExists, TooManyProfileRules.
    /// </exception>
    public static MacProfileRule Add(INetworkSessionWriter store, ProfileRuleRequest request)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        var session = string.IsNullOrEmpty(request.Session) ? null : SessionCatalog.Get(store, request.Session);
        var rule = new MacProfileRule
        {
            UseProfile = InstanceCatalog.FindUsableProfile(store, request.UseProfile, session is null ? null : VlanCatalog.Get(store, session.VlanId))?.Name
                ?? throw new MacSegmentationException("ProfileRuleWithoutProfile", MacErrorKind.InvalidArgument, "A rule without a profile gives nothing. Name one with -UseProfile.", request.UseProfile),
            MatchName = ValidatePattern(request.MatchName),
            MatchTag = MacTags.Normalize(request.MatchTag, "A profile rule"),
            Session = session?.Name,
            When = string.IsNullOrEmpty(request.When) ? null : Parse(request.When).ToString(),
            RevertAfter = request.RevertAfter == TimeSpan.Zero ? null : request.RevertAfter,
            HoldTime = request.HoldTime ?? MacProfileRule.DefaultHoldTime,
        };
        RequireSense(rule);
        var rules = store.ListProfileRules();
        if (rules.FirstOrDefault(rule.SaysTheSameAs) is { } same)
        {
            throw new MacSegmentationException(
                "ProfileRuleExists", MacErrorKind.AlreadyExists, $"Profile rule {same.RuleId} says the same already: {Describe(same)}. Remove it with Remove-MacProfileRule to add it behind the others.", same.RuleId);
        }

        if (rules.Count >= MaxCount)
        {
            throw new MacSegmentationException(
                "TooManyProfileRules", MacErrorKind.Exhausted, $"There are {MaxCount} profile rules already, and no more are tried. Remove some with Remove-MacProfileRule, or match several names with one.", rules.Count);
        }

        var added = store.InsertProfileRule(rule);
        store.AppendAudit(new AuditEntry(AuditAction.AddProfileRule, session?.VlanId ?? NoVlan, $"{added.RuleId}", Describe(added)));
        return added;
    }

    /// <summary>Suspends a rule with a condition, or makes it active again, as after it fought with another one. What it has given stays until its time is over.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="ruleId">Its number.</param>
    /// <param name="state">Whether it is tried from now on.</param>
    /// <returns>The rule as it is now.</returns>
    /// <exception cref="MacSegmentationException">ProfileRuleNotFound, ProfileRuleWithoutCondition.</exception>
    public static MacProfileRule SetState(INetworkSessionWriter store, long ruleId, ProfileRuleState state)
    {
        var before = Get(store, ruleId);
        if (!before.IsAdjustment)
        {
            throw new MacSegmentationException(
                "ProfileRuleWithoutCondition",
                MacErrorKind.InvalidArgument,
                $"Profile rule {ruleId} gives its profile at launch, and has no state: only a rule with a condition is suspended. Remove it with Remove-MacProfileRule to have it match no more.",
                ruleId);
        }

        if (before.State == state)
        {
            return before;
        }

        var after = before with { SuspendedAt = state == ProfileRuleState.Suspended ? store.Now : null };
        store.UpdateProfileRule(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangeProfileRule, NoVlan, $"{ruleId}", state == ProfileRuleState.Suspended ? "suspended: by hand" : "active again"));
        return after;
    }

    /// <summary>Removes a rule. Instances keep what they were launched with by it, and get that back if it has given them another profile since.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="ruleId">Its number.</param>
    /// <returns>The rule as it was.</returns>
    /// <exception cref="MacSegmentationException">ProfileRuleNotFound.</exception>
    public static MacProfileRule Remove(INetworkSessionWriter store, long ruleId)
    {
        var rule = Get(store, ruleId);
        ProfileAdjustments.RevertAll(store, ruleId);
        store.DeleteProfileRule(ruleId);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveProfileRule, NoVlan, $"{ruleId}", Describe(rule)));
        return rule;
    }

    /// <summary>The condition of a rule.</summary>
    /// <param name="when">Its text.</param>
    /// <exception cref="MacSegmentationException">InvalidCondition.</exception>
    public static MacCondition Parse(string when) => MacCondition.Parse(when, ProfileMetrics.All);

    /// <summary>Has a rule give another profile.</summary>
    internal static void Retarget(INetworkSessionWriter store, MacProfileRule rule, string profile)
    {
        var after = rule with { UseProfile = profile };
        store.UpdateProfileRule(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangeProfileRule, NoVlan, $"{after.RuleId}", Describe(after)));
    }

    /// <summary>A rule in words.</summary>
    /// <param name="rule">The rule.</param>
    public static string Describe(MacProfileRule rule) => string.Join(", ", new[]
    {
        $"{rule.UseProfile} for {(rule.MatchName is null ? "instances" : $"instances named {rule.MatchName}")}",
        rule.Session is null ? string.Empty : $"of session {rule.Session}",
        rule.MatchTag.Count == 0 ? string.Empty : $"tagged {string.Join(" and ", rule.MatchTag)}",
        rule.When is null ? "at launch" : $"when {rule.When}",
        rule.RevertAfter is { } time ? $"until {new Duration(time)} after" : string.Empty,
        rule.IsAdjustment ? $"held {new Duration(rule.HoldTime)}" : string.Empty,
        rule.SuspendedAt is null ? string.Empty : "suspended",
    }.Where(part => part.Length > 0));

    private static string? ValidatePattern(string? pattern) => string.IsNullOrEmpty(pattern) ? null
        : pattern.Length <= LongestPattern && !string.IsNullOrWhiteSpace(pattern) && !pattern.Any(sign => char.IsControl(sign) || sign is '[' or ']' or '\\')
            ? pattern
            : throw new MacSegmentationException(
                "InvalidNamePattern",
                MacErrorKind.InvalidArgument,
                $"'{new string([.. pattern.Where(sign => !char.IsControl(sign))])}' is not a pattern of names. Give 1 to {LongestPattern} characters without [ ] \\, in which * stands for any and ? for one, such as db-*.",
                pattern);

    private static void RequireSense(MacProfileRule rule)
    {
        if (rule is { MatchName: null, Session: null, MatchTag.Count: 0 })
        {
            throw new MacSegmentationException(
                "ProfileRuleWithoutMatch",
                MacErrorKind.InvalidArgument,
                $"A rule says for which instances it is. Give -MatchName (* for all), -MatchTag or -Session.",
                rule.UseProfile);
        }

        if (!rule.IsAdjustment && (rule.RevertAfter is not null || rule.HoldTime != MacProfileRule.DefaultHoldTime))
        {
            throw new MacSegmentationException(
                "ProfileRuleWithoutCondition",
                MacErrorKind.InvalidArgument,
                "A rule without a condition gives its profile at launch, and takes nothing back: -RevertAfter and -HoldTime belong to -When. Give one such as 'EgressUtilization > 90% within 10s'.",
                rule.UseProfile);
        }

        if (rule.RevertAfter is { } revert && (revert < MinRevert || revert > MaxTime))
        {
            throw new MacSegmentationException(
                "InvalidRevertTime",
                MacErrorKind.InvalidArgument,
                $"A profile cannot be taken back after {revert}. Give a time from {new Duration(MinRevert)} to {new Duration(MaxTime)}, such as 5m, or 0 for never.",
                revert);
        }

        if (rule.HoldTime < TimeSpan.Zero || rule.HoldTime > MaxTime)
        {
            throw new MacSegmentationException(
                "InvalidHoldTime", MacErrorKind.InvalidArgument, $"A profile cannot be held for {rule.HoldTime}. Give a time up to {new Duration(MaxTime)}, such as 10s.", rule.HoldTime);
        }
    }
}
