namespace MacSegmentation.Vlans;

/// <summary>What a record of the pipeline wants of a VLAN.</summary>
/// <param name="VlanId">The VLAN.</param>
/// <param name="Change">What becomes of it.</param>
public readonly record struct WantedVlan(int VlanId, VlanChange Change);
