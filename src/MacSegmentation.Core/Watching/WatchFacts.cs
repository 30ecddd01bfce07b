using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.RunningEnforcers;
using MacSegmentation.Stores;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>What a look at a store found.</summary>
public sealed record WatchFacts
{
    /// <summary>When, by the store's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Identity of the store; empty while it cannot be read and never was.</summary>
    public string StoreId { get; init; } = string.Empty;

    /// <summary>Its revision.</summary>
    public long Revision { get; init; }

    /// <summary>Why it could not be read; null if it could.</summary>
    public string? StoreError { get; init; }

    /// <summary>Its pools, if they are asked about.</summary>
    public IReadOnlyList<MacPool> Pools { get; init; } = [];

    /// <summary>The enforcers that told of themselves.</summary>
    public IReadOnlyList<MacRunningEnforcer> Enforcers { get; init; } = [];

    /// <summary>The providers.</summary>
    public IReadOnlyList<MacProvider> Providers { get; init; } = [];

    /// <summary>Looks.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="conditions">What is asked about.</param>
    /// <param name="before">The look before: pools are measured anew only if the store was changed since.</param>
    public static WatchFacts Read(IStoreReader store, IReadOnlyList<WatchCondition> conditions, WatchFacts? before = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(conditions);
        bool hasPools = conditions.Any(condition => condition.Subject == WatchSubject.Vlan);
        bool isSame = before is { StoreError: null } && before.Revision == store.Revision && string.Equals(before.StoreId, store.StoreId, StringComparison.Ordinal);
        return new WatchFacts
        {
            Time = store.Now,
            StoreId = store.StoreId,
            Revision = store.Revision,
            Pools = !hasPools ? [] : isSame ? before!.Pools : [.. store.ListVlans().Select(vlan => PoolMeter.Measure(store, vlan))],
            Enforcers = store.ListRunningEnforcers(),
            Providers = conditions.Any(condition => condition.Subject == WatchSubject.Provider) ? store.ListProviders() : [],
        };
    }
}
