using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Naming;
using MacSegmentation.Vlans;

namespace MacSegmentation.Profiles;

/// <summary>The rules for vNIC profiles. Every method either throws before its first write or succeeds.</summary>
public static partial class ProfileCatalog
{
    /// <summary>A profile belongs to no VLAN.</summary>
    private const int NoVlan = 0;

    private const int ShownUsers = 3;

    /// <summary>The profile.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">InvalidProfileName, ProfileNotFound.</exception>
    public static MacProfile Get(IProfileReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindProfile(ValidateName(name)) ?? throw new MacSegmentationException(
            "ProfileNotFound",
            MacErrorKind.NotFound,
            ProfilePresets.Find(name) is { } preset
                ? $"Profile '{name}' does not exist, only a preset of that name. Make a profile of it with New-MacProfile {preset.Name} -From {preset.Name}."
                : $"Profile '{name}' does not exist. Create it with New-MacProfile, or list the profiles with Get-MacProfile.",
            name);
    }

    /// <summary>What a new profile can be made from: the store's profile of a name, else the preset.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>It, without its description: that says what the other is for.</returns>
    /// <exception cref="MacSegmentationException">InvalidProfileName, ProfileNotFound.</exception>
    public static MacProfile GetModel(IProfileReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        var model = store.FindProfile(ValidateName(name)) ?? ProfilePresets.Find(name) ?? throw new MacSegmentationException(
            "ProfileNotFound",
            MacErrorKind.NotFound,
            $"There is neither a profile nor a preset '{name}'. List the profiles with Get-MacProfile, and the presets with Get-MacProfile -Preset.",
            name);
        return model with { Description = string.Empty };
    }

    /// <summary>Creates a profile.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="profile">The profile.</param>
    /// <returns>The profile as stored.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidProfileName, ProfileExists, InvalidProfileDescription, InvalidBandwidth, InvalidBurst, InvalidLatency, InvalidJitter, JitterAboveLatency, InvalidLossRate, InvalidBurstLoss,
    /// LossGivenTwice, InvalidFrameShare, InvalidQueueLimit, InvalidQueueTime, InvalidPriority, InvalidDscp, InvalidProfileRange, InvalidMaxSegmentSize, InvalidMaxWindowScale, PresetNotFound,
    /// InvalidTrace.
    /// </exception>
    public static MacProfile Create(IProfileWriter store, MacProfile profile)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(profile);
        ValidateName(profile.Name);
        if (store.FindProfile(profile.Name) is { } existing)
        {
            throw new MacSegmentationException(
                "ProfileExists", MacErrorKind.AlreadyExists, $"Profile '{existing.Name}' exists already. Change it with Set-MacProfile, or give another name.", profile.Name);
        }

        var created = Validate(profile);
        store.InsertProfile(created);
        store.AppendAudit(new AuditEntry(AuditAction.CreateProfile, NoVlan, created.Name, Describe(created)));
        return created;
    }

    /// <summary>Changes a profile. Ports that have it follow.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The profile.</param>
    /// <param name="change">Makes the changed profile of the one that it was; its name stays.</param>
    /// <returns>The profile as it is now.</returns>
    /// <exception cref="MacSegmentationException">ProfileNotFound, ProfileRangeOutsidePool, and as <see cref="Create"/>.</exception>
    public static MacProfile Change(IProfileWriter store, string name, Func<MacProfile, MacProfile> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = Get(store, name);
        var after = Validate(change(before) with { Name = before.Name });
        if (after == before)
        {
            return before;
        }

        if (after.AddressRange is not null && after.AddressRange != before.AddressRange)
        {
            // It is used where its range was looked at before.
            foreach (int vlanId in store.ListInterfaceVlansWith(before.Name).Union(store.ListSessionVlansWith(before.Name)))
            {
                RequireRangeInPool(after, VlanCatalog.Get(store, vlanId));
            }
        }

        store.UpdateProfile(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangeProfile, NoVlan, after.Name, Describe(after)));
        return after;
    }

    /// <summary>The profile, if it could be removed.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The profile.</param>
    /// <param name="force">Also if ports of interface records have it.</param>
    /// <param name="replaceWith">The profile that they have from then on; null for none.</param>
    /// <exception cref="MacSegmentationException">InvalidProfileName, ProfileNotFound, ProfileInUse, InvalidReplacement.</exception>
    public static MacProfile GetRemovable(IProfileReader store, string name, bool force, string? replaceWith = null)
    {
        var profile = Get(store, name);
        if (replaceWith is not null)
        {
            var other = Get(store, replaceWith);
            if (string.Equals(other.Name, profile.Name, StringComparison.Ordinal))
            {
                throw new MacSegmentationException(
                    "InvalidReplacement", MacErrorKind.InvalidArgument, $"Profile '{profile.Name}' cannot be replaced with itself. Name another one with -ReplaceWith.", name);
            }
        }

        if (!force && replaceWith is null && store.CountInterfacesWith(profile.Name) is > 0 and var users)
        {
            throw new MacSegmentationException(
                "ProfileInUse",
                MacErrorKind.InUse,
                $"Profile '{profile.Name}' is that of {users} {(users == 1 ? "interface" : "interfaces")} ({string.Join(", ", store.ListInterfacesWith(profile.Name, ShownUsers))}{(users > ShownUsers ? " and others" : string.Empty)}). "
                    + "Name another one for them with -ReplaceWith, or take it off them with -Force.",
                name);
        }

        if (!force && replaceWith is null && store.ListSessionUses(profile.Name, ShownUsers + 1) is { Count: > 0 } naming)
        {
            throw new MacSegmentationException(
                "ProfileInUse",
                MacErrorKind.InUse,
                $"Profile '{profile.Name}' is named by {string.Join(", ", naming.Take(ShownUsers))}{(naming.Count > ShownUsers ? " and others" : string.Empty)}. "
                    + "Name another one for them with -ReplaceWith, or take it off them with -Force.",
                name);
        }

        return profile;
    }

    /// <summary>Removes a profile.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The profile.</param>
    /// <param name="force">Also if ports of interface records have it: from then on they have none.</param>
    /// <param name="replaceWith">The profile that they have from then on; null for none.</param>
    /// <returns>The profile as it was.</returns>
    /// <exception cref="MacSegmentationException">InvalidProfileName, ProfileNotFound, ProfileInUse, InvalidReplacement.</exception>
    public static MacProfile Remove(IProfileWriter store, string name, bool force = false, string? replaceWith = null)
    {
        var profile = GetRemovable(store, name, force, replaceWith);
        string? other = replaceWith is null ? null : Get(store, replaceWith).Name;
        long users = store.CountInterfacesWith(profile.Name);
        if (users > 0)
        {
            store.MoveInterfaces(profile.Name, other);
        }

        if (store.ListSessionUses(profile.Name, 1).Count > 0)
        {
            store.MoveSessionUses(profile.Name, other);
        }

        store.DeleteProfile(profile.Name);
        store.AppendAudit(new AuditEntry(
            AuditAction.RemoveProfile, NoVlan, profile.Name, users == 0 ? string.Empty : other is null ? $"taken off {users} {(users == 1 ? "interface" : "interfaces")}" : $"replaced at {users} {(users == 1 ? "interface" : "interfaces")} with {other}"));
        return profile;
    }

    /// <summary>Has a profile's address range lie wholly in the pool of the VLAN where it is to be used.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="vlan">The VLAN.</param>
    /// <exception cref="MacSegmentationException">ProfileRangeOutsidePool.</exception>
    public static void RequireRangeInPool(MacProfile profile, MacVlan vlan)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(vlan);

        // Adjacent ranges of a VLAN are one.
        if (profile.AddressRange is { } range && !vlan.Ranges.Any(pool => pool.Contains(range.First) && pool.Contains(range.Last)))
        {
            throw new MacSegmentationException(
                "ProfileRangeOutsidePool",
                MacErrorKind.InvalidOperation,
                $"Profile '{profile.Name}' takes addresses from {range}, which do not all lie in the pool of VLAN {vlan.VlanId}{(vlan.Ranges.Count == 0 ? string.Empty : $" ({string.Join(", ", vlan.Ranges)})")}. "
                    + $"Add the range to the VLAN with Set-MacVlan {vlan.VlanId} -AddRange {range}, or change it with Set-MacProfile -AddressRange.",
                range);
        }
    }

    /// <summary>Returns a profile's name if it can be one.</summary>
    /// <exception cref="MacSegmentationException">InvalidProfileName.</exception>
    internal static string ValidateName(string? name) => RecordName.Validate(name, "InvalidProfileName", "A profile");

    private static string Describe(MacProfile profile) => string.Join(", ", new[]
    {
        profile.Ingress == profile.Egress ? $"both ways {profile.Ingress.Describe()}" : $"ingress {profile.Ingress.Describe()}, egress {profile.Egress.Describe()}",
        profile.Priority is { } priority ? $"priority {priority}" : string.Empty,
        profile.Dscp is { } dscp ? $"DSCP {dscp}" : string.Empty,
        profile.SchedulingClass is SchedulingClass.FirstIn ? string.Empty : $"scheduling {profile.SchedulingClass}",
        profile.AddressRange is { } range ? $"addresses {range}" : string.Empty,
        profile.MaxSegmentSize is { } size ? $"MSS {size}" : string.Empty,
        profile.MaxWindowScale is { } scale ? $"window scale {scale}" : string.Empty,
        profile.AllowEcn is { } isAllowed ? $"ECN {(isAllowed ? "on" : "off")}" : string.Empty,
        profile.Preset is { } preset ? $"from {preset}" : string.Empty,
    }.Where(part => part.Length > 0));
}
