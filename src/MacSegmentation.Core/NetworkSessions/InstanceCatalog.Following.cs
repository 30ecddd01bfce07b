using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

/// <content>What becomes of instances when their session, their profile or a document changes.</content>
public static partial class InstanceCatalog
{
    /// <summary>Has a session's instances follow a change of its default profile or its state.</summary>
    internal static void Follow(INetworkSessionWriter store, MacSession session, bool isStateNew)
    {
        foreach (var instance in store.ListInstances(session.Name))
        {
            bool follows = instance.ProfileSource is ProfileSource.Session or ProfileSource.None;
            if (isStateNew || follows)
            {
                var profile = follows ? session.DefaultProfile is null ? (null, ProfileSource.None, null) : (session.DefaultProfile, ProfileSource.Session, null)
                    : (instance.ResolvedProfile, instance.ProfileSource, instance.ProfileRule);
                Change(store, instance, session, profile, $"follows session '{session.Name}'");
            }
        }
    }

    /// <summary>Has instances that name a profile name another one; if there is none, what a launch would give them now.</summary>
    internal static void MoveUses(INetworkSessionWriter store, string profile, string? to)
    {
        foreach (var instance in store.ListInstances().Where(instance => AreSame(instance.Profile, profile) || AreSame(instance.ResolvedProfile, profile)))
        {
            var session = instance.Session is null ? null : store.FindSession(instance.Session);
            var resolved = to is not null ? (to, instance.ProfileSource, instance.ProfileRule) : Find(store, instance.Name, TagsOf(store, instance), session, ownProfile: null);
            Change(store, instance, session, resolved, $"profile {profile} is gone");
        }

        foreach (var instance in store.ListSchedules().Where(own => AreSame(own.Schedule.Profile, profile)).Select(own => store.FindInstance(own.Instance)!).ToArray())
        {
            var left = Unschedule(store, instance, to is null ? $"profile {profile} is gone" : null);
            if (to is not null)
            {
                Schedule(store, left.Name, instance.Schedule! with { Profile = to });
            }
        }
    }

    /// <summary>Makes an interface record an instance's, as a document says it.</summary>
    /// <exception cref="MacSegmentationException">
    /// InvalidInterfaceName, InterfaceNotFound, InvalidSessionName, SessionNotFound, InstanceOutsideSession, InvalidProfileSource, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool,
    /// InvalidSchedule.
    /// </exception>
    internal static void Adopt(INetworkSessionWriter store, InstanceConfiguration wanted)
    {
        var record = InterfaceCatalog.Get(store, wanted.Name);
        var session = wanted.Session is null ? null : SessionCatalog.Get(store, wanted.Session);
        if (session is not null && session.VlanId != record.VlanId)
        {
            throw OutsideSession(record.Name, record.VlanId, session);
        }

        bool isSourceOfNone = wanted.ProfileSource is ProfileSource.None;
        if (wanted.Profile is null != isSourceOfNone || (wanted.ProfileSource is ProfileSource.Session && session is null))
        {
            throw new MacSegmentationException(
                "InvalidProfileSource",
                MacErrorKind.InvalidArgument,
                $"The profile of instance '{record.Name}' cannot come from {wanted.ProfileSource}: {(wanted.Profile is null ? "it has none, so the source is None" : isSourceOfNone ? "it has one, so the source is Override, Rule or Session" : "it is in no session")}.",
                record.Name);
        }

        string? enforcer = ValidateAttachment(record.Name, wanted.Attach, wanted.AttachEnforcer);
        var profile = FindUsableProfile(store, wanted.Profile, VlanCatalog.Get(store, record.VlanId))?.Name;
        var instance = new MacInstance
        {
            Name = record.Name,
            Session = session?.Name,
            Profile = wanted.ProfileSource is ProfileSource.Override ? profile : null,
            ResolvedProfile = profile,
            ProfileSource = wanted.ProfileSource,
            EffectiveProfile = record.Profile,
            Attach = wanted.Attach,
            AttachEnforcer = enforcer,
            VlanId = record.VlanId,
            MacAddress = record.MacAddress,
            InterfaceId = record.InterfaceId,
        };
        var schedule = wanted.Schedule is null ? null : Usable(store, record.Name, wanted.Schedule);
        store.InsertInstance(instance);
        if (schedule is not null)
        {
            store.InsertSchedule(new InstanceSchedule(record.Name, record.InterfaceId, schedule));
        }

        store.AppendAudit(new AuditEntry(AuditAction.LaunchInstance, record.VlanId, record.Name, Describe(instance with { Schedule = schedule })));
    }

    /// <summary>Leaves an instance's interface record to itself.</summary>
    internal static void Release(INetworkSessionWriter store, MacInstance instance)
    {
        store.DeleteInstance(instance);
        store.AppendAudit(new AuditEntry(AuditAction.TerminateInstance, instance.VlanId, instance.Name, "its interface record stays"));
    }
}
