using System.Collections.Immutable;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Stores;

/// <summary>What a store's configuration was at one revision, as far as it decides over frames. Immutable.</summary>
/// <param name="Revision">The store's revision.</param>
/// <param name="Vlans">The VLANs by ascending id.</param>
public sealed record ConfigurationSnapshot(long Revision, ImmutableArray<VlanPolicies> Vlans) : IPolicyConfiguration
{
    /// <summary>The interface records by ascending <see cref="MacInterface.InterfaceId"/>; an unchanged one keeps its instance from snapshot to snapshot.</summary>
    public ImmutableArray<MacInterface> Interfaces { get; init; } = [];

    /// <summary>The security groups by name, with their rules. Their members are in the interface records; <see cref="MacSecurityGroup.Member"/> is empty here.</summary>
    public ImmutableArray<MacSecurityGroup> SecurityGroups { get; init; } = [];

    /// <summary>
    /// Tells this revision from another one with its number, which a store comes to that was replaced by an older copy and went on from there: what the change that made it
    /// drew for itself. Empty where the store does not say.
    /// </summary>
    public string Token { get; init; } = string.Empty;

    /// <summary>True if the store did not stand any more on the snapshot that was read before, so that nothing of that is in this one.</summary>
    public bool StartsOver { get; init; }
}
