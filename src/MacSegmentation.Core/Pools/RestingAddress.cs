using MacSegmentation.Addressing;

namespace MacSegmentation.Pools;

/// <summary>An address that was given out, came back, and has not been given out since.</summary>
/// <param name="Address">The address.</param>
/// <param name="VlanId">The VLAN whose pool it belongs to.</param>
/// <param name="ReleasedAt">When it came back.</param>
public readonly record struct RestingAddress(MacAddress Address, int VlanId, DateTimeOffset ReleasedAt);
