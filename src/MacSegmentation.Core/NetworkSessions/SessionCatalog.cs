using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Naming;
using MacSegmentation.Profiles;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

/// <summary>The rules for sessions. Every method either throws before its first write or succeeds.</summary>
public static class SessionCatalog
{
    /// <summary>The session.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">InvalidSessionName, SessionNotFound.</exception>
    public static MacSession Get(INetworkSessionReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindSession(ValidateName(name)) ?? throw new MacSegmentationException(
            "SessionNotFound",
            MacErrorKind.NotFound,
            $"Session '{name}' does not exist. Create it with New-MacSession, or list the sessions with Get-MacSession.",
            name);
    }

    /// <summary>Creates a session.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What it is made of.</param>
    /// <exception cref="MacSegmentationException">InvalidSessionName, SessionExists, InvalidVlanId, VlanNotFound, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool, InvalidScenario, ScenarioProfileNotFound.</exception>
    public static MacSession Create(INetworkSessionWriter store, SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        if (store.FindSession(ValidateName(request.Name)) is { } existing)
        {
            throw new MacSegmentationException(
                "SessionExists",
                MacErrorKind.AlreadyExists,
                $"Session '{existing.Name}' exists already, in VLAN {existing.VlanId}. Change it with Set-MacSession, or give another name.",
                request.Name);
        }

        var vlan = VlanCatalog.Get(store, request.VlanId);
        var session = new MacSession
        {
            Name = request.Name,
            VlanId = vlan.VlanId,
            DefaultProfile = InstanceCatalog.FindUsableProfile(store, request.DefaultProfile, vlan)?.Name,
            Isolation = request.Isolation,
            State = request.State,
        };
        session = WithScenario(store, session, request.Scenario);
        store.InsertSession(session);
        store.AppendAudit(new AuditEntry(AuditAction.CreateSession, session.VlanId, session.Name, Describe(session)));
        return session;
    }

    /// <summary>
    /// Changes a session. Its default profile is given at once to instances that have neither one of their own nor one of a rule; a session that is suspended takes the profiles of its
    /// instances off their ports, and one that is resumed brings them back.
    /// </summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The session.</param>
    /// <param name="change">What to change.</param>
    /// <returns>The session as it is now.</returns>
    /// <exception cref="MacSegmentationException">InvalidSessionName, SessionNotFound, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool, InvalidScenario, ScenarioProfileNotFound.</exception>
    public static MacSession Change(INetworkSessionWriter store, string name, SessionChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = Get(store, name);
        var after = before with
        {
            DefaultProfile = change.DefaultProfile is null ? before.DefaultProfile
                : InstanceCatalog.FindUsableProfile(store, change.DefaultProfile, VlanCatalog.Get(store, before.VlanId))?.Name,
            Isolation = change.Isolation ?? before.Isolation,
            State = change.State ?? before.State,
        };
        after = WithClock(store, WithScenario(store, after, change.Scenario ?? before.Scenario));
        if (after == before)
        {
            return before;
        }

        store.UpdateSession(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangeSession, after.VlanId, after.Name, Describe(after)));
        if (after.State != before.State || !string.Equals(after.DefaultProfile, before.DefaultProfile, StringComparison.Ordinal))
        {
            InstanceCatalog.Follow(store, after, isStateNew: after.State != before.State);
        }

        return after;
    }

    /// <summary>A scenario whose profiles are all there, as their own rows write them.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="scenario">The scenario.</param>
    /// <exception cref="MacSegmentationException">InvalidScenario, InvalidProfileName, ScenarioProfileNotFound.</exception>
    public static MacScenario RequireProfiles(INetworkSessionReader store, MacScenario scenario)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario.IsNone ? scenario : scenario.Validate() with
        {
            Steps = [.. scenario.Steps.Select((step, index) => MacScenario.Resolve(step.Profile) is ({ } name, _) ? step with { Profile = Find(name, index) } : step)],
        };

        string Find(string name, int index) => store.FindProfile(ProfileCatalog.ValidateName(name))?.Name ?? throw new MacSegmentationException(
            "ScenarioProfileNotFound",
            MacErrorKind.NotFound,
            $"Scenario '{scenario.Name}': step {index + 1} names profile '{name}', which does not exist. Create it with New-MacProfile, or list the profiles with Get-MacProfile.",
            name);
    }

    /// <summary>The session with what would end with it, if it could be removed.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The session.</param>
    /// <param name="force">Also if it has instances or rules.</param>
    /// <exception cref="MacSegmentationException">InvalidSessionName, SessionNotFound, SessionInUse.</exception>
    public static RemovedSession GetRemovable(INetworkSessionReader store, string name, bool force)
    {
        var session = Get(store, name);
        var removed = new RemovedSession(session, store.ListInstances(session.Name), [.. store.ListProfileRules().Where(rule => AreSame(rule.Session, session.Name))]);
        return force || removed.Described.Length == 0 ? removed : throw new MacSegmentationException(
            "SessionInUse",
            MacErrorKind.InUse,
            $"Session '{session.Name}' has {removed.Described}, which would end with it. Remove them first with Remove-MacInstance and Remove-MacProfileRule, or remove all with -Force.",
            session.Name);
    }

    /// <summary>Removes a session, and with it its instances, whose addresses go back, and the rules that name it.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The session.</param>
    /// <param name="force">Also if it has instances or rules.</param>
    /// <returns>The session with what ended with it.</returns>
    /// <exception cref="MacSegmentationException">InvalidSessionName, SessionNotFound, SessionInUse.</exception>
    public static RemovedSession Remove(INetworkSessionWriter store, string name, bool force)
    {
        var removed = GetRemovable(store, name, force);
        foreach (var instance in removed.Instances)
        {
            InstanceCatalog.Remove(store, instance.Name, force: true);
        }

        foreach (var rule in removed.Rules)
        {
            ProfileRuleCatalog.Remove(store, rule.RuleId);
        }

        store.DeleteSession(removed.Session.Name);
        store.AppendAudit(new AuditEntry(
            AuditAction.RemoveSession, removed.Session.VlanId, removed.Session.Name, removed.Described.Length == 0 ? string.Empty : $"with {removed.Described}"));
        return removed;
    }

    /// <summary>Has a session be as a document says it. Its instances say for themselves what they have.</summary>
    internal static void Put(INetworkSessionWriter store, MacSession wanted)
    {
        var before = Get(store, wanted.Name);
        var after = wanted with
        {
            DefaultProfile = InstanceCatalog.FindUsableProfile(store, wanted.DefaultProfile, VlanCatalog.Get(store, before.VlanId))?.Name,
            Scenario = before.Scenario,
            ScenarioStartedAt = before.ScenarioStartedAt,
            ScenarioPausedAt = before.ScenarioPausedAt,
        };
        after = WithClock(store, WithScenario(store, after, wanted.Scenario));
        if (after != before)
        {
            store.UpdateSession(after);
            store.AppendAudit(new AuditEntry(AuditAction.ChangeSession, after.VlanId, after.Name, Describe(after)));
        }
    }

    /// <summary>Has whatever names a profile name another one, or none: what a rule would give is nothing then, and it goes.</summary>
    internal static void MoveUses(INetworkSessionWriter store, string profile, string? to)
    {
        foreach (var rule in store.ListProfileRules().Where(rule => AreSame(rule.UseProfile, profile)))
        {
            if (to is null)
            {
                ProfileRuleCatalog.Remove(store, rule.RuleId);
            }
            else
            {
                ProfileRuleCatalog.Retarget(store, rule, to);
            }
        }

        foreach (var session in store.ListSessions().Where(session => AreSame(session.DefaultProfile, profile) || session.Scenario?.Steps.Any(step => AreSame(step.Profile, profile)) == true))
        {
            var after = session with
            {
                DefaultProfile = AreSame(session.DefaultProfile, profile) ? to : session.DefaultProfile,
                Scenario = session.Scenario is { } scenario
                    ? scenario with { Steps = [.. scenario.Steps.Select(step => AreSame(step.Profile, profile) ? step with { Profile = to ?? MacScenario.NoProfile } : step)] } : null,
            };
            store.UpdateSession(after);
            store.AppendAudit(new AuditEntry(AuditAction.ChangeSession, after.VlanId, after.Name, Describe(after)));
        }

        InstanceCatalog.MoveUses(store, profile, to);
    }

    /// <summary>A session with a scenario whose profiles are all there: the one that it has goes on, another one begins now.</summary>
    private static MacSession WithScenario(INetworkSessionReader store, MacSession session, MacScenario? scenario)
    {
        if (scenario is null or { IsNone: true })
        {
            return session with { Scenario = null, ScenarioStartedAt = null, ScenarioPausedAt = null };
        }

        var found = RequireProfiles(store, scenario);
        return found == session.Scenario ? session : session with { Scenario = found, ScenarioStartedAt = store.Now, ScenarioPausedAt = session.State == SessionState.Suspended ? store.Now : null };
    }

    /// <summary>A scenario's clock stands still while its session is suspended.</summary>
    private static MacSession WithClock(INetworkSessionReader store, MacSession session) =>
        session.Scenario is null || session.State == SessionState.Suspended == session.ScenarioPausedAt is not null ? session
        : session.State == SessionState.Suspended ? session with { ScenarioPausedAt = store.Now }
        : session with { ScenarioStartedAt = session.ScenarioStartedAt + (store.Now - session.ScenarioPausedAt), ScenarioPausedAt = null };

    private static bool AreSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string ValidateName(string? name) => RecordName.Validate(name, "InvalidSessionName", "A session");

    private static string Describe(MacSession session) => string.Join(", ", new[]
    {
        session.DefaultProfile is null ? "no default profile" : $"default profile {session.DefaultProfile}",
        session.Isolation == SessionIsolation.Full ? "isolated" : "not isolated",
        session.State == SessionState.Suspended ? "suspended" : string.Empty,
        session.Scenario is { } scenario ? $"scenario {scenario}" : string.Empty,
    }.Where(part => part.Length > 0));
}
