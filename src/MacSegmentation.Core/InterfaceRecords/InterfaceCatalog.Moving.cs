using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.Vlans;

namespace MacSegmentation.InterfaceRecords;

/// <content>Records that get another name, or go to another VLAN.</content>
public static partial class InterfaceCatalog
{
    /// <summary>Gives a record another name. What refers to it by its number stays; what names it is the caller's to change.</summary>
    /// <exception cref="MacSegmentationException">InvalidInterfaceName, InterfaceNotFound, InterfaceNameReserved, InterfaceExists.</exception>
    internal static MacInterface Rename(IInterfaceWriter store, MacInterface before, string newName, string? newInstance = null)
    {
        RequireNewName(store, before, newName);
        var after = before with
        {
            Name = newName,
            InstanceId = newInstance ?? before.InstanceId,
            AddressPair = [.. before.AddressPair.Select(pair => pair with { InterfaceName = newName })],
        };
        store.UpdateInterface(after);
        return after;
    }

    /// <summary>Makes sure that a record can have a name.</summary>
    /// <exception cref="MacSegmentationException">InvalidInterfaceName, InterfaceNameReserved, InterfaceExists.</exception>
    internal static void RequireNewName(IInterfaceReader store, MacInterface record, string newName)
    {
        RequireUnreserved(ValidateName(newName));
        if (store.FindInterface(newName) is { } existing && existing.InterfaceId != record.InterfaceId)
        {
            throw new MacSegmentationException(
                "InterfaceExists", MacErrorKind.AlreadyExists, $"Interface '{existing.Name}' exists already, in VLAN {existing.VlanId}. Give interface '{record.Name}' another name.", newName);
        }
    }

    /// <summary>
    /// Moves a record to another VLAN: it gets an address of that VLAN's pool, or of the range of its profile there, and the one that was taken for it goes back. Its fixed addresses, pairs,
    /// groups, tags and profile go with it.
    /// </summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The record.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="keepsAddress">True to keep its MAC address, which then lies in no pool.</param>
    /// <returns>The record as it is now; unchanged if it is in the VLAN already.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidInterfaceName, InterfaceNotFound, InvalidVlanId, VlanNotFound, InstanceOutsideSession, ProfileRangeOutsidePool, ProfileRangeExhausted, IPAddressTaken, AddressNotInPool,
    /// InterfaceAddressTaken, PoolExhausted.
    /// </exception>
    public static MacInterface Move(IInterfaceWriter store, string name, int vlanId, bool keepsAddress = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        var before = Get(store, name);
        var vlan = VlanCatalog.Get(store, vlanId);
        if (before.VlanId == vlanId)
        {
            return before;
        }

        if (before.Session is { } session)
        {
            throw new MacSegmentationException(
                "InstanceOutsideSession",
                MacErrorKind.InvalidOperation,
                $"Interface '{before.Name}' is an instance of session '{session}', which is in VLAN {before.VlanId}, and stays there with it. End the instance with Remove-MacInstance, and launch it in a session of VLAN {vlanId}.",
                before.Name);
        }

        var profile = before.Profile is { } profileName ? ProfileCatalog.Get(store, profileName) : null;
        if (profile is not null)
        {
            ProfileCatalog.RequireRangeInPool(profile, vlan);
        }

        FixedAddress.RequireFree(store, vlanId, before.IPAddress, before.InterfaceId);
        MacAddress? wanted = keepsAddress ? Kept(store, before, vlan) : profile?.AddressRange is { } range ? NextOf(store, profile, vlan, range) : null;

        // The last that can be refused, and the first that writes.
        var address = TakeAddress(store, vlanId, wanted, before.InstanceId, evenIfHeldDown: false, out bool isAllocated);
        var after = before with
        {
            VlanId = vlanId,
            MacAddress = address,
            HoldsAllocation = isAllocated,
            AddressPair = [.. before.AddressPair.Select(pair => pair with { VlanId = vlanId, MacAddress = pair.HasOwnMacAddress ? pair.MacAddress : address }).Order(PairOrder)],
        };
        store.UpdateInterface(after);
        if (before.HoldsAllocation && address != before.MacAddress)
        {
            AddressPool.Release(store, before.MacAddress);
        }

        store.AppendAudit(new AuditEntry(
            AuditAction.MoveInterface,
            vlanId,
            after.Name,
            $"from VLAN {before.VlanId}{(address == before.MacAddress ? $" with {address}" : $" and {before.MacAddress} to {address}")}"));
        return after;
    }

    /// <summary>The enforcers that have the record as a port now, such as <c>host-1 (pwsh/812)</c>.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="record">The record.</param>
    public static IReadOnlyList<string> ListUsers(IInterfaceReader store, MacInterface record)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(record);
        return [.. store.ListInterfaceUses(record.InterfaceId).Where(use => use.IsLive(store.Now)).Select(use => $"{use.HostName} ({use.Process})")];
    }

    private static void RequireUnreserved(string name)
    {
        if (string.Equals(name, Uplink, StringComparison.OrdinalIgnoreCase))
        {
            throw new MacSegmentationException(
                "InterfaceNameReserved",
                MacErrorKind.InvalidArgument,
                $"An interface cannot be called '{name}': that names the port to other switches where frames are traced. Give another name.",
                name);
        }
    }

    /// <summary>An address of another VLAN's pool is that VLAN's alone: only one that lies in no pool can go along.</summary>
    private static MacAddress Kept(IInterfaceReader store, MacInterface record, MacVlan vlan)
    {
        var alone = new MacRange(record.MacAddress, record.MacAddress);
        if (store.FindOverlap(alone) is { } pool && pool.VlanId != vlan.VlanId)
        {
            throw new MacSegmentationException(
                "AddressNotInPool",
                MacErrorKind.InvalidArgument,
                $"Interface '{record.Name}' cannot keep {record.MacAddress} in VLAN {vlan.VlanId}: the address is of the pool of VLAN {pool.VlanId}. Move it without -KeepAddress, and it gets one of VLAN {vlan.VlanId}.",
                record.MacAddress);
        }

        if (store.FindAllocation(record.MacAddress) is { } allocation && allocation.VlanId != vlan.VlanId)
        {
            throw new MacSegmentationException(
                "AllocationOfHandle",
                MacErrorKind.InUse,
                $"Interface '{record.Name}' cannot keep {record.MacAddress} in VLAN {vlan.VlanId}: it is allocated to '{allocation.InstanceId}' in VLAN {allocation.VlanId}{(allocation.Handle.Length > 0 ? $" by the handle '{allocation.Handle}'" : string.Empty)}. Move it without -KeepAddress.",
                record.MacAddress);
        }

        RequireFree(store, vlan.VlanId, record.MacAddress);
        return record.MacAddress;
    }

    private static MacAddress NextOf(IInterfaceReader store, MacProfile profile, MacVlan vlan, MacRange range) => AddressPool.FindNextIn(store, vlan, range) ?? throw new MacSegmentationException(
        "ProfileRangeExhausted",
        MacErrorKind.Exhausted,
        $"Profile '{profile.Name}' has no free address in VLAN {vlan.VlanId}: all of {range} are given out, held down or reserved. Give it another range with Set-MacProfile -AddressRange.",
        profile.Name);
}
