using MacSegmentation.Policies;

namespace MacSegmentation.PolicyExport;

/// <summary>A VLAN that is written.</summary>
/// <param name="Name">Its name for people; empty if it has none.</param>
/// <param name="List">Its policies and its default action.</param>
internal sealed record ExportedVlan(string Name, VlanPolicies List);
