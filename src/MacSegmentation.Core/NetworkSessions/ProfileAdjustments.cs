using MacSegmentation.Auditing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Units;

namespace MacSegmentation.NetworkSessions;

/// <summary>
/// What rules with a condition do to running instances, and how it is taken back. What holds now decides, not what whoever saw it knew: the rule may be changed by now, or another host was
/// faster.
/// </summary>
public static class ProfileAdjustments
{
    private const int NoVlan = 0;

    /// <summary>A rule's condition was met at an instance's port: the instance gets the rule's profile.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="ruleId">The rule.</param>
    /// <param name="instanceName">The instance.</param>
    /// <param name="evidence">What was measured and by whom, such as <c>EgressUtilization 97% within 10s, seen by host-1 macseg/7</c>.</param>
    public static AdjustmentOutcome Adjust(INetworkSessionWriter store, long ruleId, string instanceName, string evidence)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.FindProfileRule(ruleId) is not { IsAdjustment: true, SuspendedAt: null } rule
            || store.FindInstance(instanceName) is not { } instance
            || (instance.Session is { } name && store.FindSession(name) is { State: SessionState.Suspended })
            || !rule.Matches(instance.Name, InterfaceCatalog.Get(store, instance.Name).Tag, instance.Session))
        {
            return AdjustmentOutcome.NotApplicable;
        }

        if (string.Equals(instance.EffectiveProfile, rule.UseProfile, StringComparison.OrdinalIgnoreCase))
        {
            return AdjustmentOutcome.InForce;
        }

        var before = store.FindAdjustment(instance.Name);
        if (before?.HeldUntil > store.Now)
        {
            return AdjustmentOutcome.Held;
        }

        if (before is not null)
        {
            store.DeleteAdjustment(before);
        }

        Give(store, instance, rule.UseProfile, $"by rule {rule.RuleId}: {evidence}{(rule.RevertAfter is { } time ? $"; until {new Duration(time)} after" : string.Empty)}");
        store.InsertAdjustment(new ProfileAdjustment
        {
            Instance = instance.Name,
            InterfaceId = instance.InterfaceId,
            RuleId = rule.RuleId,
            Profile = rule.UseProfile,
            Since = store.Now,
            HeldUntil = store.Now + rule.HoldTime,
            Until = store.Now + rule.RevertAfter,
        });
        return AdjustmentOutcome.Adjusted;
    }

    /// <summary>The condition of a rule is met still, or was a moment ago: its profile is taken back later.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="adjustment">What the rule has done, as it was seen.</param>
    /// <param name="lastMet">When the condition was met last.</param>
    /// <returns>True if it was there still.</returns>
    public static bool Extend(INetworkSessionWriter store, ProfileAdjustment adjustment, DateTimeOffset lastMet)
    {
        if (FindSame(store, adjustment) is not { } present || present.RuleId is not { } ruleId || store.FindProfileRule(ruleId)?.RevertAfter is not { } time || lastMet + time <= present.Until)
        {
            return false;
        }

        store.DeleteAdjustment(present);
        store.InsertAdjustment(present with { Until = lastMet + time });
        return true;
    }

    /// <summary>Gives an instance back what it was launched with, whichever host it was that saw the condition met.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="adjustment">What the rule has done, as it was seen.</param>
    /// <returns>The instance as it is now; null if its time is not over, or it is gone already.</returns>
    public static MacInstance? RevertDue(INetworkSessionWriter store, ProfileAdjustment adjustment)
    {
        if (FindSame(store, adjustment) is not { } present || present.Until is not { } until || until > store.Now || present.HeldUntil > store.Now)
        {
            return null;
        }

        Revert(store, present, "its time is over");
        return store.FindInstance(present.Instance);
    }

    /// <summary>An application asks for another profile for a while: the instance has it until the time is over, or until somebody decides otherwise.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="instance">The instance, as it is.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="time">For how long.</param>
    /// <param name="cause">Who asks, and why.</param>
    internal static void GiveForAWhile(INetworkSessionWriter store, MacInstance instance, string profile, TimeSpan time, string cause)
    {
        Forget(store, instance.Name);
        Give(store, instance, profile, $"{cause}; for {new Duration(time)}");
        store.InsertAdjustment(new ProfileAdjustment
        {
            Instance = instance.Name,
            InterfaceId = instance.InterfaceId,
            Profile = profile,
            Since = store.Now,
            HeldUntil = store.Now,
            Until = store.Now + time,
        });
    }

    /// <summary>Suspends a rule that fights with another one over an instance: it changes nothing until it is active again.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="ruleId">The rule.</param>
    /// <param name="why">What was seen.</param>
    /// <returns>True if it was not suspended before.</returns>
    public static bool Suspend(INetworkSessionWriter store, long ruleId, string why)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.FindProfileRule(ruleId) is not { SuspendedAt: null } rule)
        {
            return false;
        }

        store.UpdateProfileRule(rule with { SuspendedAt = store.Now });
        store.AppendAudit(new AuditEntry(AuditAction.ChangeProfileRule, NoVlan, $"{rule.RuleId}", $"suspended: {why}"));
        return true;
    }

    /// <summary>Takes back what a rule has done that goes.</summary>
    internal static void RevertAll(INetworkSessionWriter store, long ruleId)
    {
        foreach (var adjustment in store.ListAdjustments().Where(adjustment => adjustment.RuleId == ruleId))
        {
            Revert(store, adjustment, $"rule {ruleId} is gone");
        }
    }

    /// <summary>Somebody has decided over the profile of an instance: no rule takes anything back.</summary>
    internal static void Forget(INetworkSessionWriter store, string instance)
    {
        if (store.FindAdjustment(instance) is { } adjustment)
        {
            store.DeleteAdjustment(adjustment);
        }
    }

    private static void Revert(INetworkSessionWriter store, ProfileAdjustment adjustment, string why)
    {
        store.DeleteAdjustment(adjustment);

        // Somebody may have given its record yet another profile: that stays.
        if (store.FindInstance(adjustment.Instance) is { } instance
            && string.Equals(instance.EffectiveProfile, ProfileOf(store, adjustment), StringComparison.OrdinalIgnoreCase))
        {
            bool isSuspended = instance.Session is { } session && store.FindSession(session) is { State: SessionState.Suspended };
            Give(store, instance, isSuspended ? null : instance.ResolvedProfile, $"back from {(adjustment.RuleId is { } ruleId ? $"rule {ruleId}" : "feedback")}: {why}");
        }
    }

    private static string? ProfileOf(INetworkSessionReader store, ProfileAdjustment adjustment) =>
        adjustment.Profile ?? (adjustment.RuleId is { } ruleId ? store.FindProfileRule(ruleId)?.UseProfile : null);

    private static void Give(INetworkSessionWriter store, MacInstance instance, string? profile, string why)
    {
        // Whether an address can come from the profile's range is of no account: the instance has its own.
        store.UpdateInterface(InterfaceCatalog.Get(store, instance.Name) with { Profile = profile });
        store.AppendAudit(new AuditEntry(AuditAction.ChangeInstance, instance.VlanId, instance.Name, $"{(profile is null ? "no profile" : $"profile {profile}")} {why}"));
    }

    private static ProfileAdjustment? FindSame(INetworkSessionWriter store, ProfileAdjustment adjustment)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(adjustment);
        return store.FindAdjustment(adjustment.Instance) is { } present && present.RuleId == adjustment.RuleId && present.Since == adjustment.Since ? present : null;
    }
}
