using MacSegmentation.Addressing;

namespace MacSegmentation.Vlans;

/// <summary>A range and the VLAN that it belongs to.</summary>
/// <param name="VlanId">The VLAN.</param>
/// <param name="Range">The range.</param>
public readonly record struct VlanRange(int VlanId, MacRange Range);
