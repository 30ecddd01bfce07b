using System.Runtime.CompilerServices;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>Keeps a store's compiled policies from one question to the next: with an unchanged revision nothing is read, and after a change only what has changed.</summary>
internal sealed class DecisionTableCache
{
    private static readonly ConditionalWeakTable<IMacStore, DecisionTableCache> Caches = [];

    private readonly Lock gate = new();
    private ConfigurationSnapshot? snapshot;
    private DecisionTable? table;

    /// <summary>The cache of a store; it goes with the store.</summary>
    public static DecisionTableCache Of(IMacStore store) => Caches.GetOrCreateValue(store);

    /// <summary>The store's present policies, compiled.</summary>
    /// <param name="store">The store.</param>
    /// <param name="unknownVlan">What happens to frames of VLANs that are not in it.</param>
    public DecisionTable Get(IMacStore store, PolicyAction unknownVlan)
    {
        lock (gate)
        {
            var present = store.ReadSnapshot(snapshot);
            if (table is null || !ReferenceEquals(present, snapshot) || table.UnknownVlanAction != unknownVlan)
            {
                table = DecisionTable.Compile(present, unknownVlan, table);
                snapshot = present;
            }

            return table;
        }
    }
}
