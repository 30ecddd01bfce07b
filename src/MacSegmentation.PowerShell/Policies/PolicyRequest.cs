using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>The policy that a record of the pipeline asks for.</summary>
/// <param name="VlanId">The VLAN.</param>
/// <param name="Source">What the source must match.</param>
/// <param name="Destination">What the destination must match.</param>
/// <param name="Action">What happens to a frame that matches.</param>
/// <param name="Order">Its place, or null to go last.</param>
public readonly record struct PolicyRequest(int VlanId, MacPattern Source, MacPattern Destination, PolicyAction Action, int? Order);
