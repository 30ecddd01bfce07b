using System.Collections.Immutable;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;

namespace MacSegmentation.Stores;

/// <summary>What a store's configuration was at one revision, as far as it decides over frames. Immutable.</summary>
/// <param name="Revision">The store's revision.</param>
/// <param name="Vlans">The VLANs by ascending id.</param>
public sealed record ConfigurationSnapshot(long Revision, ImmutableArray<VlanPolicies> Vlans) : IPolicyConfiguration
{
    private ImmutableDictionary<Type, object> parts = ImmutableDictionary<Type, object>.Empty;

    /// <summary>The interface records by ascending <see cref="MacInterface.InterfaceId"/>; an unchanged one keeps its instance from snapshot to snapshot.</summary>
    public ImmutableArray<MacInterface> Interfaces { get; init; } = [];

    /// <summary>
    /// The records of a concept that builds on VLANs and interface records, as its part of the store gave them; none if it gave none. Equal to those of the snapshot
    /// before, by the array's identity, if nothing of them has changed.
    /// </summary>
    /// <typeparam name="T">What the concept calls one of its records.</typeparam>
    public ImmutableArray<T> Of<T>()
        where T : class => parts.TryGetValue(typeof(T), out object? records) ? (ImmutableArray<T>)records : [];

    /// <summary>The snapshot with the records of a concept in place of those that it had.</summary>
    /// <param name="records">The records, in the concept's own sequence.</param>
    public ConfigurationSnapshot With<T>(ImmutableArray<T> records)
        where T : class => this with { parts = parts.SetItem(typeof(T), records) };

    /// <summary>
    /// Tells this revision from another one with its number, which a store comes to that was replaced by an older copy and went on from there: what the change that made it
    /// drew for itself. Empty where the store does not say.
    /// </summary>
    public string Token { get; init; } = string.Empty;

    /// <summary>True if the store did not stand any more on the snapshot that was read before, so that nothing of that is in this one.</summary>
    public bool StartsOver { get; init; }
}
