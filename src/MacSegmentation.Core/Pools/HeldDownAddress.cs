using MacSegmentation.Addressing;

namespace MacSegmentation.Pools;

/// <summary>An address that was given out, came back, and has not been given out since.</summary>
/// <param name="Address">The address.</param>
/// <param name="VlanId">The VLAN whose pool it belongs to.</param>
/// <param name="ReleasedAt">When it came back.</param>
/// <param name="HeldDownUntil">When it may be given out again at the earliest, whatever the VLAN's reuse delay: an administrator revoked it.</param>
public sealed record HeldDownAddress(MacAddress Address, int VlanId, DateTimeOffset ReleasedAt, DateTimeOffset HeldDownUntil = default);
