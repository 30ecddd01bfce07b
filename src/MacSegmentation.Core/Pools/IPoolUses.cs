using MacSegmentation.Addressing;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>What the rules of pools ask about what is built on them.</summary>
public interface IPoolUses
{
    /// <summary>The VLAN's interface with this MAC address as its own, or null.</summary>
    AddressUse? FindInterfaceUse(int vlanId, MacAddress address);

    /// <summary>Number of a VLAN's addresses in providers' blocks that are not known to be given out.</summary>
    long CountDelegatedFree(int vlanId);
}
