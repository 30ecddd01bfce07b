using System.Runtime.CompilerServices;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>Keeps a store's compiled policies from one question to the next: with an unchanged revision nothing is read, and after a change only what has changed.</summary>
internal sealed class DecisionTableCache
{
    private static readonly ConditionalWeakTable<IMacStore, DecisionTableCache> Caches = [];

    private volatile Compiled? compiled;

    /// <summary>The cache of a store; it goes with the store.</summary>
    public static DecisionTableCache Of(IMacStore store) => Caches.GetOrCreateValue(store);

    /// <summary>The store's present policies, compiled. Nobody waits for another who compiles: at worst two do it at once, and the later is kept.</summary>
    /// <param name="store">The store.</param>
    /// <param name="unknownVlan">What happens to frames of VLANs that are not in it.</param>
    public DecisionTable Get(IMacStore store, PolicyAction unknownVlan)
    {
        var before = compiled;
        var present = store.ReadSnapshot(before?.Snapshot);
        if (before is not null && ReferenceEquals(present, before.Snapshot) && before.Table.UnknownVlanAction == unknownVlan)
        {
            // What has expired since is not in it any more.
            return before.Table.At(TimeProvider.System.GetUtcNow());
        }

        var table = DecisionTable.Compile(present, unknownVlan, before?.Table);
        compiled = new Compiled(present, table);
        return table;
    }

    private sealed record Compiled(ConfigurationSnapshot Snapshot, DecisionTable Table);
}
