using MacSegmentation.Addressing;

namespace MacSegmentation.Vlans;

/// <summary>What the rules of VLANs ask about what is built on them. Each concept that is answers for itself, beside its own rows.</summary>
public interface IVlanUses
{
    /// <summary>Number of the VLAN's allocations, in all of it or within a range.</summary>
    long CountAllocations(int vlanId, MacRange? within = null);

    /// <summary>Number of the VLAN's interface records.</summary>
    long CountInterfaces(int vlanId);

    /// <summary>Number of the policies of partitions that have the VLAN as their peer.</summary>
    long CountPeerPolicies(int vlanId);

    /// <summary>Number of the sessions whose instances are in the VLAN.</summary>
    long CountSessions(int vlanId);

    /// <summary>The vNIC profile that is used in a VLAN and takes addresses from a range, or null.</summary>
    string? FindProfileWithin(int vlanId, MacRange range);

    /// <summary>The lowest reserved addresses that share one with a range, or null.</summary>
    ReservedRange? FindReserved(MacRange range);

    /// <summary>True if handles own addresses of the VLAN.</summary>
    bool HasHandles(int vlanId);

    /// <summary>Who has the lowest address in a range that was given out, of any VLAN's, or null.</summary>
    AddressUse? FindAllocationUse(MacRange range);

    /// <summary>The interface, of any VLAN, with the lowest MAC address of its own in a range, or null.</summary>
    AddressUse? FindInterfaceUse(MacRange range);

    /// <summary>The lowest addresses of a VLAN that share one with a range and are a provider's to give out, or null. In a provider's own store there are none.</summary>
    Delegation? FindDelegation(int vlanId, MacRange range);

    /// <summary>Number of a VLAN's blocks that are providers' to give out.</summary>
    long CountDelegations(int vlanId);
}
