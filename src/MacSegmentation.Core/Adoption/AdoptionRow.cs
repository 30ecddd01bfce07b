namespace MacSegmentation.Adoption;

/// <summary>An address that a machine has, as some other system lists it.</summary>
/// <param name="InstanceId">The machine's name or id.</param>
/// <param name="MacAddress">The address in any notation.</param>
/// <param name="VlanId">The VLAN, or null for the one in whose pool the address lies.</param>
/// <param name="InterfaceName">The interface record that is made of it, or null for an allocation alone.</param>
public sealed record AdoptionRow(string InstanceId, string MacAddress, int? VlanId, string? InterfaceName = null);
