using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Naming;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.InterfaceRecords;

/// <summary>
/// The rules for interface records and their allowed address pairs. Every method either throws before its first write or succeeds.
/// </summary>
/// <remarks>
/// A record's MAC address that lies in a pool is always allocated there, so the pool gives it to nobody else: taken for the record, which
/// then <see cref="MacInterface.HoldsAllocation">holds</see> the allocation, or allocated to the same instance before.
/// </remarks>
public static partial class InterfaceCatalog
{
    /// <summary>Where frames come in from other switches, where a record could be named. No record is called so.</summary>
    public const string Uplink = "uplink";

    private const int HighestRateLimit = 1_000_000;

    /// <summary>The interface record.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">InvalidInterfaceName, InterfaceNotFound.</exception>
    public static MacInterface Get(IInterfaceReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindInterface(ValidateName(name)) ?? throw new MacSegmentationException(
            "InterfaceNotFound",
            MacErrorKind.NotFound,
            $"Interface '{name}' does not exist. Create it with New-MacInterface, or list the interfaces with Get-MacInterface.",
            name);
    }

    /// <summary>Creates an interface record.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What it is created from.</param>
    /// <param name="evenIfHeldDown">True to take the address that the request names although its reuse delay has not passed, or it is reserved.</param>
    /// <returns>The record as stored.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidInterfaceName, InterfaceNameReserved, InterfaceExists, InvalidVlanId, VlanNotFound, InvalidInstanceId, InvalidArpRateLimit, InvalidDhcpRateLimit, InvalidRsRateLimit, InvalidEtherType, TooManyTags, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool, InvalidInterfaceAddress,
    /// DuplicateIPAddress, IPAddressTaken, GroupAddressNotAllowed, ZeroAddressNotAllowed, InterfaceAddressTaken, AddressNotInPool,
    /// AddressAllocated, AddressResting, PoolExhausted.
    /// </exception>
    public static MacInterface Create(IInterfaceWriter store, InterfaceRequest request, bool evenIfHeldDown = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        RequireUnreserved(request.Name);
        if (store.FindInterface(ValidateName(request.Name)) is { } existing)
        {
            throw new MacSegmentationException(
                "InterfaceExists",
                MacErrorKind.AlreadyExists,
                $"Interface '{existing.Name}' exists already, in VLAN {existing.VlanId}. Change it with Set-MacInterface, or give another name.",
                request.Name);
        }

        var vlan = VlanCatalog.Get(store, request.VlanId);
        string instanceId = AddressPool.ValidateInstanceId(request.InstanceId ?? request.Name);
        ValidateRateLimits(request.ArpRateLimit, request.DhcpRateLimit, request.RsRateLimit);
        var permitted = PermittedEtherTypes.Parse(request.PermittedEtherType);
        var tags = MacTags.Normalize(request.Tag, $"Interface '{request.Name}'");
        string? profile = ProfileOf(store, request.Profile, vlan);
        var fixedAddresses = FixedAddress.Parse(request.IPAddress);
        FixedAddress.RequireFree(store, request.VlanId, fixedAddresses);
        if (request.MacAddress is { } wanted)
        {
            RequireFree(store, request.VlanId, wanted);
        }

        // The last that can be refused, and the first that writes.
        var address = TakeAddress(store, request.VlanId, request.MacAddress, instanceId, evenIfHeldDown, out bool isAllocated);
        var record = store.InsertInterface(new MacInterface
        {
            Name = request.Name,
            VlanId = request.VlanId,
            MacAddress = address,
            IPAddress = fixedAddresses,
            InstanceId = instanceId,
            PortSecurity = request.PortSecurity,
            DhcpGuard = request.DhcpGuard,
            RouterGuard = request.RouterGuard,
            ArpRateLimit = request.ArpRateLimit,
            DhcpRateLimit = request.DhcpRateLimit,
            RsRateLimit = request.RsRateLimit,
            PermittedEtherType = permitted,
            TriggerExempt = request.TriggerExempt,
            Profile = profile,
            Tag = tags,
            HoldsAllocation = isAllocated,
        });
        store.AppendAudit(new AuditEntry(AuditAction.CreateInterface, record.VlanId, record.Name, DescribeAddresses(record)));
        return record;
    }

    /// <summary>Changes an interface record.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The record.</param>
    /// <param name="change">What to change.</param>
    /// <returns>The record as it is now.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidInterfaceName, InterfaceNotFound, InvalidInstanceId, InvalidArpRateLimit, InvalidDhcpRateLimit, InvalidRsRateLimit, InvalidEtherType, TooManyTags, InvalidProfileName, ProfileNotFound, ProfileRangeOutsidePool, InvalidInterfaceAddress, DuplicateIPAddress,
    /// IPAddressTaken, GroupAddressNotAllowed, ZeroAddressNotAllowed, InterfaceAddressTaken, AddressNotInPool, AddressAllocated,
    /// AddressResting, AddressPairOutsideSubnet, AddressPairExists; InterfaceInUse if an enforcer uses it and its MAC address should change.
    /// </exception>
    public static MacInterface Change(IInterfaceWriter store, string name, InterfaceChange change)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        var before = Get(store, name);
        var address = change.MacAddress ?? before.MacAddress;
        var after = before with
        {
            MacAddress = address,
            IPAddress = change.IPAddress is { } texts ? FixedAddress.Parse(texts) : before.IPAddress,
            InstanceId = AddressPool.ValidateInstanceId(change.InstanceId ?? before.InstanceId),
            PortSecurity = change.PortSecurity ?? before.PortSecurity,
            DhcpGuard = change.DhcpGuard ?? before.DhcpGuard,
            RouterGuard = change.RouterGuard ?? before.RouterGuard,
            ArpRateLimit = change.ArpRateLimit ?? before.ArpRateLimit,
            DhcpRateLimit = change.DhcpRateLimit ?? before.DhcpRateLimit,
            RsRateLimit = change.RsRateLimit ?? before.RsRateLimit,
            PermittedEtherType = change.PermittedEtherType is { } types ? PermittedEtherTypes.Parse(types) : before.PermittedEtherType,
            TriggerExempt = change.TriggerExempt ?? before.TriggerExempt,
            Profile = change.Profile is { } profile && !string.Equals(profile, before.Profile, StringComparison.OrdinalIgnoreCase)
                ? ProfileOf(store, profile, VlanCatalog.Get(store, before.VlanId))
                : before.Profile,
            Tag = MacTags.Normalize(change.TagsAfter(before.Tag), $"Interface '{before.Name}'"),
            AddressPair = [.. before.AddressPair.Select(pair => pair.HasOwnMacAddress ? pair : pair with { MacAddress = address }).Order(PairOrder)],
        };
        var decided = change.DecidedTags(before.Tag);
        if (IsSame(before, after))
        {
            // Whoever sets a tag that something else set for a time means to keep it.
            ReleaseTags(store, before, decided);
            return before;
        }

        ValidateRateLimits(after.ArpRateLimit, after.DhcpRateLimit, after.RsRateLimit);
        FixedAddress.RequireFree(store, after.VlanId, after.IPAddress, after.InterfaceId);
        if (address != before.MacAddress)
        {
            RequireFree(store, after.VlanId, address);
            RequireUnused(store, before, "Stop it before you change the MAC address.");
        }

        RequireFittingPairs(after);
        after = after with { HoldsAllocation = MoveAllocation(store, before, after) };
        store.UpdateInterface(after);
        ReleaseTags(store, before, decided);
        if (before.HoldsAllocation && address != before.MacAddress)
        {
            AddressPool.Release(store, before.MacAddress);
        }

        store.AppendAudit(new AuditEntry(AuditAction.ChangeInterface, after.VlanId, after.Name, DescribeChange(before, after)));
        return after;
    }

    /// <summary>The interface record, if it could be removed.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The record.</param>
    /// <param name="force">Also if an enforcer uses it, or security triggers watch it alone.</param>
    /// <exception cref="MacSegmentationException">InvalidInterfaceName, InterfaceNotFound, InterfaceInUse.</exception>
    public static MacInterface GetRemovable(IInterfaceReader store, string name, bool force)
    {
        var record = Get(store, name);
        if (!force)
        {
            RequireUnused(store, record, "Stop it first, or remove the interface all the same with -Force.");
            RequireUnwatched(store, record);
        }

        return record;
    }

    /// <summary>Removes an interface record with its pairs and memberships, and gives its MAC address back if the record holds the allocation.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The record.</param>
    /// <param name="force">Also if an enforcer uses it, or security triggers watch it alone, which go with it.</param>
    /// <returns>The record as it was.</returns>
    /// <exception cref="MacSegmentationException">InvalidInterfaceName, InterfaceNotFound, InterfaceInUse.</exception>
    public static MacInterface Remove(IInterfaceWriter store, string name, bool force)
    {
        var record = GetRemovable(store, name, force);
        store.RemoveTriggersAt(record.Name);
        store.DeleteInterface(record.InterfaceId);
        if (record.HoldsAllocation)
        {
            AddressPool.Release(store, record.MacAddress);
        }

        store.AppendAudit(new AuditEntry(AuditAction.RemoveInterface, record.VlanId, record.Name, DescribeAddresses(record)));
        return record;
    }

    private static void RequireUnwatched(IInterfaceReader store, MacInterface record)
    {
        if (store.ListTriggersAt(record.Name) is { Count: > 0 } watching)
        {
            throw new MacSegmentationException(
                "InterfaceInUse",
                MacErrorKind.InUse,
                $"The security trigger{(watching.Count == 1 ? string.Empty : "s")} '{string.Join("', '", watching)}' watch{(watching.Count == 1 ? "es" : string.Empty)} interface '{record.Name}' alone. "
                    + "Give it another one with Set-MacSecurityTrigger -Interface, or remove the interface and what watches it with -Force.",
                record.Name);
        }
    }

    private static void ReleaseTags(IInterfaceWriter store, MacInterface record, IReadOnlyList<MacTag> tags)
    {
        if (tags.Count > 0)
        {
            store.ReleaseTags(record.Name, tags);
        }
    }

    /// <summary>The profile as its row spells it.</summary>
    private static string? ProfileOf(IInterfaceReader store, string? name, MacVlan vlan)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        var profile = ProfileCatalog.Get(store, name);
        ProfileCatalog.RequireRangeInPool(profile, vlan);
        return profile.Name;
    }

    private static string ValidateName(string? name) => RecordName.Validate(name, "InvalidInterfaceName", "An interface");

    private static void ValidateRateLimits(int arp, int dhcp, int rs)
    {
        ValidateRateLimit(arp, "InvalidArpRateLimit", "ARP packets");
        ValidateRateLimit(dhcp, "InvalidDhcpRateLimit", "DHCP messages");
        ValidateRateLimit(rs, "InvalidRsRateLimit", "router solicitations");
    }

    private static void ValidateRateLimit(int limit, string errorId, string what)
    {
        if (limit is < 0 or > HighestRateLimit)
        {
            throw new MacSegmentationException(
                errorId,
                MacErrorKind.InvalidArgument,
                $"{limit} is not a limit of {what} a second. Give a number from 1 to {HighestRateLimit}, or 0 for no limit.",
                limit);
        }
    }

    private static void RequireUnused(IInterfaceReader store, MacInterface record, string wayOut)
    {
        if (store.ListInterfaceUses(record.InterfaceId).FirstOrDefault(use => use.IsLive(store.Now)) is { } use)
        {
            throw new MacSegmentationException(
                "InterfaceInUse",
                MacErrorKind.InUse,
                $"Interface '{record.Name}' is a port of an enforcer that runs on {use.HostName} ({use.Process}). {wayOut}",
                record.Name);
        }
    }

    private static bool IsSame(MacInterface before, MacInterface after) =>
        after with { IPAddress = before.IPAddress, AddressPair = before.AddressPair, PermittedEtherType = before.PermittedEtherType, Tag = before.Tag } == before
        && after.Tag.SequenceEqual(before.Tag)
        && after.IPAddress.SequenceEqual(before.IPAddress)
        && after.PermittedEtherType.SequenceEqual(before.PermittedEtherType, StringComparer.Ordinal);
}
