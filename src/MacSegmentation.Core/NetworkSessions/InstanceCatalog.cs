using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

/// <summary>The rules for instances. Every method either throws before its first write or succeeds.</summary>
/// <remarks>
/// An instance is launched with the profile of its own, else that of the first rule that matches, else its session's default, else none, and with an address of that profile's range or of
/// its VLAN's pool. It keeps the profile when rules change afterwards; it follows its session's default if it has it from there.
/// </remarks>
public static partial class InstanceCatalog
{
    /// <summary>The instance.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">InvalidInstanceName, InstanceNotFound.</exception>
    public static MacInstance Get(INetworkSessionReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindInstance(ValidateName(name)) is { } instance ? WithCharacter(store, instance) : throw new MacSegmentationException(
            "InstanceNotFound",
            MacErrorKind.NotFound,
            $"Instance '{name}' does not exist. Launch it with New-MacInstance, or list the instances with Get-MacInstance.",
            name);
    }

    /// <summary>Instances as they are at this time, with what is to be told of their profiles.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="instances">The instances, as the store has them.</param>
    public static IReadOnlyList<MacInstance> WithCharacters(INetworkSessionReader store, IReadOnlyList<MacInstance> instances)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(instances);
        var profiles = new Dictionary<string, MacProfile?>(StringComparer.OrdinalIgnoreCase);
        var timetable = new ProfileTimetable(store.ListSessions(), store.ListSchedules());
        return [.. instances.Select(stored =>
        {
            var now = timetable.At(stored.InterfaceId, stored.Name, stored.Session, stored.EffectiveProfile, store.Now);
            var instance = stored with { EffectiveProfile = now.Profile, ScheduledBy = now.Cause };
            if (instance.EffectiveProfile is not { } name)
            {
                return instance;
            }

            if (!profiles.TryGetValue(name, out var profile))
            {
                profiles.Add(name, profile = store.FindProfile(name));
            }

            return instance with { Character = profile };
        })];
    }

    /// <summary>Launches an instance: finds its profile, takes its address, and makes its interface record.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What it is launched from.</param>
    /// <returns>The instance as stored, with its profile and where that comes from.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidInstanceName, InstanceExists, InvalidSessionName, SessionNotFound, InstanceWithoutVlan, InstanceOutsideSession, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool,
    /// ProfileRangeExhausted, and as <see cref="InterfaceCatalog.Create"/>.
    /// </exception>
    public static MacInstance Launch(INetworkSessionWriter store, InstanceRequest request)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        if (store.FindInstance(ValidateName(request.Name)) is { } existing)
        {
            throw new MacSegmentationException(
                "InstanceExists",
                MacErrorKind.AlreadyExists,
                $"Instance '{existing.Name}' exists already{(existing.Session is null ? string.Empty : $", in session '{existing.Session}'")}. Change it with Set-MacInstance, or end it first with Remove-MacInstance.",
                request.Name);
        }

        var session = string.IsNullOrEmpty(request.Session) ? null : SessionCatalog.Get(store, request.Session);
        var vlan = VlanCatalog.Get(store, VlanOf(request, session));
        var tags = MacTags.Normalize(request.Tag, $"Instance '{request.Name}'");
        string? enforcer = ValidateAttachment(request.Name, request.Attach, request.AttachEnforcer);
        var (profile, source, rule) = Resolve(store, request.Name, tags, session, request.Profile, vlan);

        // The last that can be refused, and the first that writes.
        var record = InterfaceCatalog.Create(store, new InterfaceRequest
        {
            Name = request.Name,
            VlanId = vlan.VlanId,
            MacAddress = request.MacAddress ?? (profile?.AddressRange is { } range ? FindAddress(store, vlan, profile, range) : null),
            IPAddress = request.IPAddress,
            Tag = tags,
            Profile = session?.State == SessionState.Suspended ? null : profile?.Name,
        });
        var instance = new MacInstance
        {
            Name = record.Name,
            Session = session?.Name,
            Profile = source == ProfileSource.Override ? profile!.Name : null,
            ResolvedProfile = profile?.Name,
            ProfileSource = source,
            ProfileRule = rule,
            EffectiveProfile = record.Profile,
            Attach = request.Attach,
            AttachEnforcer = enforcer,
            VlanId = record.VlanId,
            MacAddress = record.MacAddress,
            InterfaceId = record.InterfaceId,
        };
        store.InsertInstance(instance);
        store.AppendAudit(new AuditEntry(AuditAction.LaunchInstance, instance.VlanId, instance.Name, Describe(instance)));
        return instance with { Character = record.Profile is null ? null : profile };
    }

    /// <summary>Gives an instance a profile of its own, or takes that away and finds the one that a launch would give now. Its address stays; running enforcers follow.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The instance.</param>
    /// <param name="profile">The profile; the empty text for that of a rule or its session.</param>
    /// <returns>The instance as it is now.</returns>
    /// <exception cref="MacSegmentationException">InvalidInstanceName, InstanceNotFound, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool.</exception>
    public static MacInstance Change(INetworkSessionWriter store, string name, string profile) => Change(store, name, profile, "changed");

    /// <summary>Gives an instance a profile of its own, for a reason that the audit tells.</summary>
    internal static MacInstance Change(INetworkSessionWriter store, string name, string profile, string why)
    {
        var before = Get(store, name);
        var session = before.Session is null ? null : store.FindSession(before.Session);
        var resolved = Resolve(store, before.Name, TagsOf(store, before), session, profile, VlanCatalog.Get(store, before.VlanId));
        return Change(store, Unschedule(store, before, why), session, resolved, why);
    }

    /// <summary>Has an instance have a profile at times of its own, whatever it has otherwise; in place of the schedule that it had.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The instance.</param>
    /// <param name="schedule">When it has which profile.</param>
    /// <returns>The instance as it is now.</returns>
    /// <exception cref="MacSegmentationException">InvalidInstanceName, InstanceNotFound, InvalidSchedule, InvalidProfileName, ProfileNotFound.</exception>
    public static MacInstance Schedule(INetworkSessionWriter store, string name, ProfileSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var before = Get(store, name);
        var valid = Usable(store, before.Name, schedule);
        if (valid == before.Schedule)
        {
            return before;
        }

        var after = Unschedule(store, before, why: null) with { Schedule = valid };
        store.InsertSchedule(new InstanceSchedule(after.Name, after.InterfaceId, valid));
        store.AppendAudit(new AuditEntry(AuditAction.ChangeInstance, after.VlanId, after.Name, $"schedule {valid}"));
        return after;
    }

    /// <summary>Gives an instance another profile of its own, another attachment, or both. Running enforcers follow.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The instance.</param>
    /// <param name="change">What becomes of it.</param>
    /// <returns>The instance as it is now.</returns>
    /// <exception cref="MacSegmentationException">As the other one, and InvalidEnforcerName, EnforcerWithoutAttachment.</exception>
    public static MacInstance Change(INetworkSessionWriter store, string name, InstanceChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = Get(store, name);
        var kind = change.Attach ?? before.Attach;
        string? enforcer = ValidateAttachment(before.Name, kind, change.AttachEnforcer ?? (kind == AttachmentKind.None ? null : before.AttachEnforcer));
        var after = change.Schedule is { } schedule ? Schedule(store, name, schedule)
            : change.Profile is null ? before
            : Change(store, name, change.Profile);
        if (kind == after.Attach && string.Equals(enforcer, after.AttachEnforcer, StringComparison.Ordinal))
        {
            return after;
        }

        after = after with { Attach = kind, AttachEnforcer = enforcer };
        store.UpdateInstance(after with { Character = null });
        store.AppendAudit(new AuditEntry(AuditAction.ChangeInstance, after.VlanId, after.Name, $"{Describe(after)}: changed"));
        return after;
    }

    /// <summary>The instance, if it could be removed.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The instance.</param>
    /// <param name="force">Also if an enforcer uses its interface record.</param>
    /// <exception cref="MacSegmentationException">InvalidInstanceName, InstanceNotFound, InterfaceInUse.</exception>
    public static MacInstance GetRemovable(INetworkSessionReader store, string name, bool force)
    {
        var instance = Get(store, name);
        InterfaceCatalog.GetRemovable(store, instance.Name, force);
        return instance;
    }

    /// <summary>Ends an instance: its address goes back, and its interface record and its own profile go.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The instance.</param>
    /// <param name="force">Also if an enforcer uses its interface record.</param>
    /// <returns>The instance as it was.</returns>
    /// <exception cref="MacSegmentationException">InvalidInstanceName, InstanceNotFound, InterfaceInUse.</exception>
    public static MacInstance Remove(INetworkSessionWriter store, string name, bool force)
    {
        var instance = GetRemovable(store, name, force);
        store.DeleteInstance(instance);
        InterfaceCatalog.Remove(store, instance.Name, force);
        store.AppendAudit(new AuditEntry(AuditAction.TerminateInstance, instance.VlanId, instance.Name, Describe(instance)));
        return instance;
    }

    /// <summary>The profile with a name that instances of a VLAN may have; null for the empty text.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="vlan">The VLAN; null if that is known at launch only.</param>
    /// <exception cref="MacSegmentationException">InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool.</exception>
    internal static MacProfile? FindUsableProfile(INetworkSessionReader store, string? name, MacVlan? vlan)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        var profile = ProfileCatalog.Get(store, name);
        if (vlan is not null)
        {
            ProfileCatalog.RequireRangeInPool(profile, vlan);
        }

        return profile;
    }

    /// <summary>A schedule whose profile is there.</summary>
    private static ProfileSchedule Usable(INetworkSessionReader store, string instance, ProfileSchedule schedule) => schedule.Validate(instance) with
    {
        Profile = MacScenario.Resolve(schedule.Profile).Profile is { } named ? ProfileCatalog.Get(store, named).Name : MacScenario.NoProfile,
    };

    private static MacInstance Unschedule(INetworkSessionWriter store, MacInstance instance, string? why)
    {
        if (instance.Schedule is { } schedule)
        {
            store.DeleteSchedule(instance.InterfaceId);
            if (why is not null)
            {
                store.AppendAudit(new AuditEntry(AuditAction.ChangeInstance, instance.VlanId, instance.Name, $"no schedule any more, was {schedule}: {why}"));
            }
        }

        return instance with { Schedule = null };
    }

    /// <summary>Which profile an instance gets, and where it comes from.</summary>
    private static (MacProfile? Profile, ProfileSource Source, long? Rule) Resolve(
        INetworkSessionReader store, string name, IReadOnlyList<MacTag> tags, MacSession? session, string? ownProfile, MacVlan vlan)
    {
        var (found, source, rule) = Find(store, name, tags, session, ownProfile);
        return (FindUsableProfile(store, found, vlan), source, rule);
    }

    private static (string? Profile, ProfileSource Source, long? Rule) Find(INetworkSessionReader store, string name, IReadOnlyList<MacTag> tags, MacSession? session, string? ownProfile) =>
        !string.IsNullOrEmpty(ownProfile) ? (ownProfile, ProfileSource.Override, null)
        : store.ListProfileRules().FirstOrDefault(rule => !rule.IsAdjustment && rule.Matches(name, tags, session?.Name)) is { } matching ? (matching.UseProfile, ProfileSource.Rule, matching.RuleId)
        : session?.DefaultProfile is { } usual ? (usual, ProfileSource.Session, null)
        : (null, ProfileSource.None, null);

    private static MacInstance Change(
        INetworkSessionWriter store, MacInstance before, MacSession? session, (MacProfile? Profile, ProfileSource Source, long? Rule) resolved, string why) =>
        Change(store, before, session, (resolved.Profile?.Name, resolved.Source, resolved.Rule), why) with
        {
            Character = session?.State == SessionState.Suspended ? null : resolved.Profile,
        };

    private static MacInstance Change(
        INetworkSessionWriter store, MacInstance before, MacSession? session, (string? Profile, ProfileSource Source, long? Rule) resolved, string why)
    {
        var after = before with
        {
            Profile = resolved.Source == ProfileSource.Override ? resolved.Profile : null,
            ResolvedProfile = resolved.Profile,
            ProfileSource = resolved.Source,
            ProfileRule = resolved.Rule,
            EffectiveProfile = session?.State == SessionState.Suspended ? null : resolved.Profile,
            Character = before.Character,
        };
        if (after == before)
        {
            return before;
        }

        ProfileAdjustments.Forget(store, before.Name);
        if (!string.Equals(after.EffectiveProfile, before.EffectiveProfile, StringComparison.Ordinal))
        {
            // Whether an address can come from the profile's range is of no account any more: the instance has its own.
            store.UpdateInterface(InterfaceCatalog.Get(store, before.Name) with { Profile = after.EffectiveProfile });
        }

        store.UpdateInstance(after with { Character = null });
        store.AppendAudit(new AuditEntry(AuditAction.ChangeInstance, after.VlanId, after.Name, $"{Describe(after)}: {why}"));
        return after;
    }

    private static IReadOnlyList<MacTag> TagsOf(INetworkSessionReader store, MacInstance instance) => InterfaceCatalog.Get(store, instance.Name).Tag;

    private static MacInstance WithCharacter(INetworkSessionReader store, MacInstance instance) =>
        instance with { Character = instance.EffectiveProfile is { } profile ? store.FindProfile(profile) : null };

    private static int VlanOf(InstanceRequest request, MacSession? session)
    {
        if (session is null)
        {
            return request.VlanId ?? throw new MacSegmentationException(
                "InstanceWithoutVlan",
                MacErrorKind.InvalidArgument,
                $"Instance '{request.Name}' is in no session, so nothing says which VLAN it is in. Give -Session, or -VlanId.",
                request.Name);
        }

        return request.VlanId is { } given && given != session.VlanId ? throw OutsideSession(request.Name, given, session) : session.VlanId;
    }

    private static MacSegmentationException OutsideSession(string name, int vlanId, MacSession session) => new(
        "InstanceOutsideSession",
        MacErrorKind.InvalidArgument,
        $"Instance '{name}' cannot be in VLAN {vlanId}: its session '{session.Name}' is in VLAN {session.VlanId}. Leave the VLAN out, or give another session.",
        name);

    private static MacAddress FindAddress(INetworkSessionReader store, MacVlan vlan, MacProfile profile, MacRange range) =>
        AddressPool.FindNextIn(store, vlan, range) ?? throw new MacSegmentationException(
            "ProfileRangeExhausted",
            MacErrorKind.Exhausted,
            $"Profile '{profile.Name}' has no free address in VLAN {vlan.VlanId}: all of {range} are given out or held down. Give it another range with Set-MacProfile -AddressRange, or an address with -MacAddress.",
            profile.Name);

    private static bool AreSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>The enforcer that is named, or null.</summary>
    private static string? ValidateAttachment(string name, AttachmentKind kind, string? enforcer) =>
        string.IsNullOrEmpty(enforcer) ? null
        : kind == AttachmentKind.None ? throw new MacSegmentationException(
            "EnforcerWithoutAttachment",
            MacErrorKind.InvalidArgument,
            $"Enforcer '{enforcer}' is named, and nothing is said that it should make for instance '{name}'. Give -Attach Tap or -Attach Veth as well, or leave -Enforcer out.",
            name)
        : RecordName.Validate(enforcer, "InvalidEnforcerName", "An enforcer");

    private static string ValidateName(string? name) => RecordName.Validate(name, "InvalidInstanceName", "An instance");

    private static string Describe(MacInstance instance) => string.Join(", ", new[]
    {
        instance.MacAddress.ToString(),
        instance.Session is null ? string.Empty : $"session {instance.Session}",
        instance.ResolvedProfile is null ? "no profile" : $"profile {instance.ResolvedProfile}",
        instance.ProfileSource switch
        {
            ProfileSource.Override => "its own",
            ProfileSource.Rule => instance.ProfileRule is { } rule ? $"of rule {rule}" : "of a rule",
            ProfileSource.Session => "its session's",
            _ => string.Empty,
        },
        instance.Schedule is { } schedule ? $"schedule {schedule}" : string.Empty,
        instance.Attach == AttachmentKind.None ? string.Empty : $"attach {new InterfaceAttachment(instance.Attach, instance.AttachEnforcer)}",
    }.Where(part => part.Length > 0));
}
