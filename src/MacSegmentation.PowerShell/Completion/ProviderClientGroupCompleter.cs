using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes groups of clients of the provider service.</summary>
internal sealed class ProviderClientGroupCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListProviderClients()
        .Where(client => client.Group.Length > 0)
        .GroupBy(client => client.Group, StringComparer.OrdinalIgnoreCase)
        .Select(group => new CompletionCandidate(group.Key, string.Join(", ", group.Select(client => client.Name))));
}
