namespace MacSegmentation.Providers;

/// <summary>What a record of the pipeline delegates.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="VlanId">The VLAN.</param>
/// <param name="Count">How many addresses.</param>
public readonly record struct BlockGrant(string Provider, int VlanId, long Count);
