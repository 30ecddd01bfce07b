using MacSegmentation.Addressing;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>The rows of addresses that were given out, and of those that came back.</summary>
public interface IPoolReader : IVlanReader, IFreeSpaceReader, IPoolUses
{
    /// <summary>The allocation of an address, or null.</summary>
    MacAllocation? FindAllocation(MacAddress address);

    /// <summary>Allocations by ascending address; what is null does not restrict. The instance is compared without regard to case.</summary>
    IReadOnlyList<MacAllocation> ListAllocations(int? vlanId = null, string? instanceId = null);

    /// <summary>The lowest allocations in a range, ascending: a page of them, or what an address that is typed may become.</summary>
    /// <param name="range">The range.</param>
    /// <param name="vlanId">Only those of this VLAN.</param>
    /// <param name="limit">At most so many; a store reads no more rows of the VLAN than that.</param>
    IReadOnlyList<MacAllocation> ListAllocationsIn(MacRange range, int? vlanId, int limit) =>
        [.. ListAllocations(vlanId).Where(allocation => range.Contains(allocation.MacAddress)).Take(limit)];

    /// <summary>Allocations of instances whose name begins with a text in any case, by instance and address.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="limit">At most so many; a store reads no more rows than that.</param>
    IReadOnlyList<MacAllocation> ListAllocationsOf(string prefix, int limit) =>
    [
        .. ListAllocations().Where(allocation => allocation.InstanceId.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(allocation => allocation.InstanceId, StringComparer.OrdinalIgnoreCase).ThenBy(allocation => allocation.MacAddress).Take(limit),
    ];

    /// <summary>The lowest allocation, of any VLAN, in a range, or null.</summary>
    MacAllocation? FindAllocationIn(MacRange range);

    /// <summary>
    /// The released address that has been held down longest (the lowest of them if several came back at once), or null. One that a revocation holds down for
    /// longer than now does not count.
    /// </summary>
    HeldDownAddress? FindLongestHeldDown(int vlanId);

    /// <summary>The same of the addresses in a range.</summary>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="range">The range.</param>
    HeldDownAddress? FindLongestHeldDownIn(int vlanId, MacRange range) => ListHeldDown(vlanId).Where(address => range.Contains(address.Address) && address.HeldDownUntil <= Now)
        .OrderBy(address => address.ReleasedAt).ThenBy(address => address.Address).FirstOrDefault();

    /// <summary>The released address, or null if it is allocated, was never used, or is in no pool.</summary>
    HeldDownAddress? FindHeldDown(MacAddress address);

    /// <summary>The VLAN's released addresses, ascending.</summary>
    IReadOnlyList<HeldDownAddress> ListHeldDown(int vlanId);

    /// <summary>The lowest reservation, of any VLAN, that shares an address with a range, or null.</summary>
    MacReservation? FindReservation(MacRange range);

    /// <summary>The reservations by ascending address, of one VLAN or of all.</summary>
    IReadOnlyList<MacReservation> ListReservations(int? vlanId = null);

    /// <summary>The addresses in a reservation that came back before or while it was reserved, ascending.</summary>
    /// <param name="range">The addresses.</param>
    IReadOnlyList<HeldDownAddress> ListReservedHeldDown(MacRange range);

    /// <inheritdoc/>
    ReservedRange? IVlanUses.FindReserved(MacRange range) => FindReservation(range) is { } met ? new ReservedRange(met.Range, met.Description) : null;

    /// <inheritdoc/>
    AddressUse? IVlanUses.FindAllocationUse(MacRange range) =>
        FindAllocationIn(range) is { } allocation ? new AddressUse(allocation.VlanId, allocation.MacAddress, allocation.InstanceId) : null;
}
