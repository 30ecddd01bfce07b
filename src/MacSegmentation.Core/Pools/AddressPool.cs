using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>The rules for giving addresses out and taking them back. Every method either throws before its first write or succeeds.</summary>
public static class AddressPool
{
    private const int MaxInstanceIdLength = 256;

    /// <summary>
    /// Gives the next address to an instance: the lowest that was never given out or, where there is none, the one that has been held down longest,
    /// once its reuse delay has passed.
    /// </summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="instanceId">Who gets it, 1 to 256 characters.</param>
    /// <exception cref="MacSegmentationException">InvalidInstanceId, InvalidVlanId, VlanNotFound, PoolExhausted.</exception>
    public static MacAllocation Allocate(IPoolWriter store, int vlanId, string instanceId) =>
        AllocateNext(store, vlanId, ValidateInstanceId(instanceId));

    /// <summary>Gives a certain address to an instance.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="instanceId">Who gets it, 1 to 256 characters.</param>
    /// <param name="address">The address.</param>
    /// <param name="evenIfHeldDown">True to give it out although its reuse delay has not passed.</param>
    /// <param name="evenIfReserved">True to give it out although it is reserved.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidInstanceId, InvalidVlanId, VlanNotFound, AddressNotInPool, AddressAllocated, AddressReserved, AddressDelegated, AddressResting.
    /// </exception>
    public static MacAllocation Allocate(IPoolWriter store, int vlanId, string instanceId, MacAddress address, bool evenIfHeldDown = false, bool evenIfReserved = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        return AllocateCertain(store, VlanCatalog.Get(store, vlanId), ValidateInstanceId(instanceId), address, evenIfHeldDown, evenIfReserved: evenIfReserved);
    }

    /// <summary>Gives the next address to an instance, or to a handle that it shows.</summary>
    internal static MacAllocation AllocateNext(IPoolWriter store, int vlanId, string instanceId, string handle = "")
    {
        ArgumentNullException.ThrowIfNull(store);

        // A free interval is proof enough that the VLAN exists: the common case asks for nothing else.
        if (store.FindLowestFree(vlanId) is { } interval)
        {
            FreeSpace.Take(store, vlanId, interval, interval.First);
            return Record(store, vlanId, instanceId, interval.First, handle);
        }

        var vlan = VlanCatalog.Get(store, vlanId);
        if (store.FindLongestHeldDown(vlanId) is { } heldDown && IsHoldDownOver(heldDown, vlan, store.Now))
        {
            store.DeleteHeldDown(heldDown.Address);
            return Record(store, vlanId, instanceId, heldDown.Address, handle);
        }

        throw Exhausted(store, vlan);
    }

    /// <summary>Gives a certain address to an instance, or to a handle that it shows.</summary>
    internal static MacAllocation AllocateCertain(
        IPoolWriter store, MacVlan vlan, string instanceId, MacAddress address, bool evenIfHeldDown, string handle = "", bool evenIfReserved = false)
    {
        int vlanId = vlan.VlanId;
        if (store.FindAllocation(address) is { } held)
        {
            throw new MacSegmentationException(
                "AddressAllocated",
                MacErrorKind.AlreadyExists,
                $"{address} is allocated to '{held.InstanceId}' in VLAN {held.VlanId}. Release it with Remove-MacAllocation -MacAddress {address}, or leave the choice to the pool.",
                address);
        }

        if (!vlan.Ranges.Any(range => range.Contains(address)))
        {
            string where = store.FindOverlap(new MacRange(address, address)) is { } other ? $"; it belongs to VLAN {other.VlanId}" : string.Empty;
            throw new MacSegmentationException(
                "AddressNotInPool",
                MacErrorKind.InvalidArgument,
                $"{address} is not in the pool of VLAN {vlanId} ({(vlan.Ranges.Count == 0 ? "no range" : string.Join(", ", vlan.Ranges))}){where}. Give an address of the pool, or extend it with Set-MacVlan -AddRange.",
                address);
        }

        if (store.FindHeldDown(address) is { } heldDown)
        {
            if (!evenIfHeldDown && !IsHoldDownOver(heldDown, vlan, store.Now))
            {
                throw new MacSegmentationException(
                    "AddressResting",
                    MacErrorKind.Unavailable,
                    $"{address} was released and is held down until {HoldDownEnd(heldDown, vlan):u}. Wait{(HoldDownEnd(heldDown, vlan) > heldDown.HeldDownUntil ? ", give another address, or shorten the delay with Set-MacVlan -ReuseDelay" : " or give another address")}.",
                    address);
            }

            store.DeleteHeldDown(address);
        }
        else if (store.FindFree(vlanId, address) is { } interval)
        {
            FreeSpace.Take(store, vlanId, interval, address);
        }
        else
        {
            var reservation = store.FindReservation(new MacRange(address, address)) ?? throw Delegated(store, vlanId, address);
            if (!evenIfReserved)
            {
                throw Reserved(address, reservation);
            }

            store.DeleteReservedHeldDown(address);
        }

        return Record(store, vlanId, instanceId, address, handle);
    }

    /// <summary>
    /// The address of a range that a VLAN's pool would give out next: the lowest that was never given out or, where there is none, the one that has been held down longest, once its reuse
    /// delay has passed; null if there is none.
    /// </summary>
    internal static MacAddress? FindNextIn(IPoolReader store, MacVlan vlan, MacRange range) =>
        store.FindLowestFreeIn(vlan.VlanId, range) is { } interval ? interval.First > range.First ? interval.First : range.First
        : store.FindLongestHeldDownIn(vlan.VlanId, range) is { } heldDown && IsHoldDownOver(heldDown, vlan, store.Now) ? heldDown.Address
        : null;

    /// <summary>Gives an address that lies in no pool to a handle.</summary>
    internal static MacAllocation AllocateOutOfPool(IPoolWriter store, int vlanId, string instanceId, MacAddress address, string handle) =>
        Record(store, vlanId, instanceId, address, handle);

    /// <summary>The allocation of an address.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="address">The address.</param>
    /// <exception cref="MacSegmentationException">AllocationNotFound.</exception>
    public static MacAllocation Get(IPoolReader store, MacAddress address)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindAllocation(address) ?? throw new MacSegmentationException(
            "AllocationNotFound",
            MacErrorKind.NotFound,
            $"{address} is not allocated. List the allocations with Get-MacAllocation.",
            address);
    }

    /// <summary>All allocations of an instance, at least one.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="vlanId">Only those of this VLAN, or null for all.</param>
    /// <exception cref="MacSegmentationException">InvalidInstanceId, InvalidVlanId, VlanNotFound, AllocationNotFound.</exception>
    public static IReadOnlyList<MacAllocation> GetAll(IPoolReader store, string instanceId, int? vlanId = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ValidateInstanceId(instanceId);
        if (vlanId is { } id)
        {
            VlanCatalog.Get(store, id);
        }

        var allocations = store.ListAllocations(vlanId, instanceId);
        if (allocations.Count == 0)
        {
            throw new MacSegmentationException(
                "AllocationNotFound",
                MacErrorKind.NotFound,
                $"'{instanceId}' has no address{(vlanId is null ? string.Empty : $" in VLAN {vlanId}")}. List the allocations with Get-MacAllocation.",
                instanceId);
        }

        return allocations;
    }

    /// <summary>Takes one address back.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="address">The address.</param>
    /// <returns>The allocation as it was.</returns>
    /// <exception cref="MacSegmentationException">AllocationNotFound; AllocationInUse if an interface record has the address; AllocationOfHandle if a handle owns it.</exception>
    public static MacAllocation Release(IPoolWriter store, MacAddress address)
    {
        ArgumentNullException.ThrowIfNull(store);
        var allocation = Get(store, address);
        RequireUnused(store, allocation);
        Release(store, allocation, store.Now, heldDownUntil: default);
        return allocation;
    }

    /// <summary>Takes back all addresses of an instance.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="vlanId">Only those of this VLAN, or null for all.</param>
    /// <returns>The allocations as they were.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidInstanceId, InvalidVlanId, VlanNotFound, AllocationNotFound; AllocationInUse if an interface record has one of the addresses; AllocationOfHandle
    /// if a handle owns one.
    /// </exception>
    public static IReadOnlyList<MacAllocation> ReleaseAll(IPoolWriter store, string instanceId, int? vlanId = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var allocations = GetAll(store, instanceId, vlanId);
        foreach (var allocation in allocations)
        {
            RequireUnused(store, allocation);
        }

        foreach (var allocation in allocations)
        {
            Release(store, allocation, store.Now, heldDownUntil: default);
        }

        return allocations;
    }

    /// <summary>True if the address is given out to the instance.</summary>
    internal static bool IsOf(MacAllocation allocation, string instanceId) =>
        string.Equals(allocation.InstanceId, instanceId, StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes an address that is given out another instance's.</summary>
    internal static void HandOver(IPoolWriter store, MacAllocation allocation, string instanceId)
    {
        store.DeleteAllocation(allocation.MacAddress);
        Record(store, allocation.VlanId, instanceId, allocation.MacAddress, allocation.Handle);
    }

    /// <summary>Takes back the address of a handle.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="allocation">The allocation.</param>
    /// <param name="endedAt">When the handle lost it.</param>
    /// <param name="heldDownUntil">When it may be given out again at the earliest.</param>
    /// <exception cref="MacSegmentationException">AllocationInUse: an interface record has the address.</exception>
    internal static void ReleaseOfHandle(IPoolWriter store, MacAllocation allocation, DateTimeOffset endedAt, DateTimeOffset heldDownUntil)
    {
        RequireNoInterface(store, allocation);
        Release(store, allocation, endedAt, heldDownUntil);
    }

    /// <summary>True if the address has been held down long enough to be given to anyone.</summary>
    internal static bool IsHoldDownOver(HeldDownAddress heldDown, MacVlan vlan, DateTimeOffset now) => HoldDownEnd(heldDown, vlan) <= now;

    /// <summary>Returns the instance's name or id if it is one.</summary>
    /// <exception cref="MacSegmentationException">InvalidInstanceId.</exception>
    internal static string ValidateInstanceId(string? instanceId) =>
        !string.IsNullOrWhiteSpace(instanceId) && instanceId.Length <= MaxInstanceIdLength && !instanceId.Any(char.IsControl)
            ? instanceId
            : throw new MacSegmentationException(
                "InvalidInstanceId",
                MacErrorKind.InvalidArgument,
                $"An instance id has 1 to {MaxInstanceIdLength} characters, not all blank and no control characters. Give the name or id of the machine.",
                instanceId);

    private static void RequireUnused(IPoolReader store, MacAllocation allocation)
    {
        RequireNoInterface(store, allocation);
        if (allocation.Handle.Length > 0)
        {
            throw new MacSegmentationException(
                "AllocationOfHandle",
                MacErrorKind.InUse,
                $"{allocation.MacAddress} is owned by the handle '{allocation.Handle}'. Its owner gives it up with Remove-MacHandle; an administrator revokes it with Revoke-MacHandle.",
                allocation.MacAddress);
        }
    }

    private static void RequireNoInterface(IPoolReader store, MacAllocation allocation) => RequireNoInterfaceOf(store, allocation.VlanId, allocation.MacAddress);

    /// <summary>Refuses what would take an address from an interface record.</summary>
    /// <exception cref="MacSegmentationException">AllocationInUse: an interface record has the address.</exception>
    internal static void RequireNoInterfaceOf(IPoolReader store, int vlanId, MacAddress address)
    {
        if (store.FindInterfaceUse(vlanId, address) is { } user)
        {
            throw new MacSegmentationException(
                "AllocationInUse",
                MacErrorKind.InUse,
                $"{address} is the address of interface '{user.User}' of VLAN {user.VlanId}. Remove the interface with Remove-MacInterface, or give it another address with Set-MacInterface.",
                address);
        }
    }

    private static void Release(IPoolWriter store, MacAllocation allocation, DateTimeOffset releasedAt, DateTimeOffset heldDownUntil)
    {
        store.DeleteAllocation(allocation.MacAddress);
        var address = new MacRange(allocation.MacAddress, allocation.MacAddress);

        // An address of a block is held down at its provider; one that lies in no pool is nobody's to give out.
        if (store.FindDelegation(allocation.VlanId, address) is null && store.FindOverlap(address)?.VlanId == allocation.VlanId)
        {
            var released = new HeldDownAddress(allocation.MacAddress, allocation.VlanId, releasedAt, heldDownUntil);
            if (store.FindReservation(address) is null)
            {
                store.InsertHeldDown(released);
            }
            else
            {
                store.InsertReservedHeldDown(released);
            }
        }

        store.AppendAudit(new AuditEntry(AuditAction.ReleaseAddress, allocation.VlanId, allocation.MacAddress.ToString(), $"from {Owner(allocation)}"));
    }

    private static MacAllocation Record(IPoolWriter store, int vlanId, string instanceId, MacAddress address, string handle)
    {
        var allocation = new MacAllocation { MacAddress = address, VlanId = vlanId, InstanceId = instanceId, Handle = handle, AllocatedAt = store.Now };
        store.InsertAllocation(allocation);
        store.AppendAudit(new AuditEntry(AuditAction.AllocateAddress, vlanId, address.ToString(), $"to {Owner(allocation)}"));
        return allocation;
    }

    private static string Owner(MacAllocation allocation) => allocation.Handle.Length == 0 || string.Equals(allocation.Handle, allocation.InstanceId, StringComparison.Ordinal)
        ? $"'{allocation.InstanceId}'"
        : $"'{allocation.InstanceId}' by handle '{allocation.Handle}'";

    private static DateTimeOffset HoldDownEnd(HeldDownAddress heldDown, MacVlan vlan)
    {
        var usual = heldDown.ReleasedAt + vlan.ReuseDelay;
        return usual > heldDown.HeldDownUntil ? usual : heldDown.HeldDownUntil;
    }

    private static MacSegmentationException Reserved(MacAddress address, MacReservation reservation) => new(
        "AddressReserved",
        MacErrorKind.InUse,
        $"{address} is reserved: {reservation} of VLAN {reservation.VlanId}. Give another address, allocate it all the same with New-MacAllocation -MacAddress {address} -Force, or take the reservation back with Remove-MacReservation.",
        address);

    private static MacSegmentationException Delegated(IPoolReader store, int vlanId, MacAddress address)
    {
        var block = store.FindDelegation(vlanId, new MacRange(address, address))
            ?? throw new InvalidOperationException($"{address} of VLAN {vlanId} is neither free, held down, allocated, reserved nor in a block.");
        return new MacSegmentationException(
            "AddressDelegated",
            MacErrorKind.InUse,
            $"{address} is in block {block.BlockId} of provider '{block.Provider}', which alone gives it out. Ask that provider, or take the block back with Revoke-MacBlock {block.BlockId}.",
            address);
    }

    /// <summary>Why there is no address, of some quadrants if any are named.</summary>
    internal static MacSegmentationException ExhaustedFor(IPoolReader store, MacVlan vlan, IReadOnlyList<SlapQuadrant> quadrants) => quadrants.Count == 0
        ? Exhausted(store, vlan)
        : new MacSegmentationException(
            "PoolExhausted",
            MacErrorKind.Exhausted,
            $"VLAN {vlan.VlanId} has no free address of the quadrants {string.Join(", ", quadrants)}. Extend it with Set-MacVlan -AddRange, or ask for other quadrants.",
            vlan.VlanId);

    private static MacSegmentationException Exhausted(IPoolReader store, MacVlan vlan)
    {
        var pool = PoolMeter.Measure(store, vlan);
        string[] others =
        [
            .. pool.HeldDown > 0 ? [$"{pool.HeldDown} held down after their release"] : (string[])[],
            .. pool.Reserved > 0 ? [$"{pool.Reserved} are reserved"] : (string[])[],
            .. pool.Delegated > 0 ? [$"{pool.Delegated} are in blocks of providers"] : (string[])[],
        ];
        string state = pool.Size == 0
            ? "it has no range"
            : $"{pool.Used} of {pool.Size} are allocated{string.Concat(others.Select(other => $" and {other}"))}";
        return new MacSegmentationException(
            "PoolExhausted",
            MacErrorKind.Exhausted,
            $"VLAN {vlan.VlanId} has no free address: {state}. Extend it with Set-MacVlan -AddRange, or release allocations.",
            vlan.VlanId);
    }
}
