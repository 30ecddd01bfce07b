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
    /// <exception cref="MacSegmentationException">InvalidSessionName, SessionExists, InvalidVlanId, VlanNotFound, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool.</exception>
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
    /// <exception cref="MacSegmentationException">InvalidSessionName, SessionNotFound, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool.</exception>
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
        var after = wanted with { DefaultProfile = InstanceCatalog.FindUsableProfile(store, wanted.DefaultProfile, VlanCatalog.Get(store, before.VlanId))?.Name };
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

        foreach (var session in store.ListSessions().Where(session => AreSame(session.DefaultProfile, profile)))
        {
            var after = session with { DefaultProfile = to };
            store.UpdateSession(after);
            store.AppendAudit(new AuditEntry(AuditAction.ChangeSession, after.VlanId, after.Name, Describe(after)));
        }

        InstanceCatalog.MoveUses(store, profile, to);
    }

    private static bool AreSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string ValidateName(string? name) => RecordName.Validate(name, "InvalidSessionName", "A session");

    private static string Describe(MacSession session) => string.Join(", ", new[]
    {
        session.DefaultProfile is null ? "no default profile" : $"default profile {session.DefaultProfile}",
        session.Isolation == SessionIsolation.Full ? "isolated" : "not isolated",
        session.State == SessionState.Suspended ? "suspended" : string.Empty,
    }.Where(part => part.Length > 0));
}
