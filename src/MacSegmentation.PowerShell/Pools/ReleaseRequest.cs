using MacSegmentation.Addressing;

namespace MacSegmentation.Pools;

/// <summary>What a record of the pipeline gives back: one address, or all of an instance.</summary>
/// <param name="Address">The address, or null for all of the instance.</param>
/// <param name="InstanceId">The instance, or null for one address.</param>
/// <param name="VlanId">Only those of this VLAN, or null for all.</param>
public readonly record struct ReleaseRequest(MacAddress? Address, string? InstanceId = null, int? VlanId = null);
