using System.Collections.Immutable;

namespace MacSegmentation.Policies;

/// <summary>What a decision table is compiled from.</summary>
public interface IPolicyConfiguration
{
    /// <summary>The store's revision.</summary>
    long Revision { get; }

    /// <summary>The VLANs by ascending id; an unchanged one keeps its instance.</summary>
    ImmutableArray<VlanPolicies> Vlans { get; }
}
