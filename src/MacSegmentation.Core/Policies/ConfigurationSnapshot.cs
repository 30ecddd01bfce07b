using System.Collections.Immutable;

namespace MacSegmentation.Policies;

/// <summary>What a store's VLANs and policies were at one revision. Immutable.</summary>
/// <param name="Revision">The store's revision.</param>
/// <param name="Vlans">The VLANs by ascending id.</param>
public sealed record ConfigurationSnapshot(long Revision, ImmutableArray<VlanPolicies> Vlans);
