namespace MacSegmentation.Naming;

/// <summary>A record by its name, as somebody is told of it who has two of that name.</summary>
/// <param name="Name">The name; another case makes no other name.</param>
/// <param name="VlanId">Its VLAN; 0 if it belongs to none.</param>
/// <param name="Description">What it is, as a part of a sentence.</param>
public sealed record NamedRecord(string Name, int VlanId, string Description);
