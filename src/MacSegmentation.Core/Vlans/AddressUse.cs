using MacSegmentation.Addressing;

namespace MacSegmentation.Vlans;

/// <summary>Who uses an address.</summary>
/// <param name="VlanId">The VLAN.</param>
/// <param name="Address">The address.</param>
/// <param name="User">Its name.</param>
public sealed record AddressUse(int VlanId, MacAddress Address, string User);
