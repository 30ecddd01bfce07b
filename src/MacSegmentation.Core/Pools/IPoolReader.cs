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

    /// <summary>The lowest allocation, of any VLAN, in a range, or null.</summary>
    MacAllocation? FindAllocationIn(MacRange range);

    /// <summary>
    /// The released address that has been held down longest (the lowest of them if several came back at once), or null. One that a revocation holds down for
    /// longer than now does not count.
    /// </summary>
    HeldDownAddress? FindLongestHeldDown(int vlanId);

    /// <summary>The released address, or null if it is allocated, was never used, or is in no pool.</summary>
    HeldDownAddress? FindHeldDown(MacAddress address);

    /// <summary>The VLAN's released addresses, ascending.</summary>
    IReadOnlyList<HeldDownAddress> ListHeldDown(int vlanId);

    /// <inheritdoc/>
    AddressUse? IVlanUses.FindAllocationUse(MacRange range) =>
        FindAllocationIn(range) is { } allocation ? new AddressUse(allocation.VlanId, allocation.MacAddress, allocation.InstanceId) : null;
}
