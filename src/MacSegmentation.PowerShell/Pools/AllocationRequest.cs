using MacSegmentation.Addressing;

namespace MacSegmentation.Pools;

/// <summary>What a record of the pipeline asks for.</summary>
/// <param name="VlanId">The VLAN.</param>
/// <param name="InstanceId">Who gets the address.</param>
/// <param name="Address">The address, or null to leave the choice to the pool.</param>
/// <param name="EvenIfReserved">Also if it is reserved.</param>
public readonly record struct AllocationRequest(int VlanId, string InstanceId, MacAddress? Address, bool EvenIfReserved = false);
