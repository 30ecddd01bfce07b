using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes names of clients of the provider service.</summary>
internal sealed class ProviderClientNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListProviderClients()
        .Select(client => new CompletionCandidate(client.Name, client.VlanId.Count == 0 ? "all VLANs" : $"VLAN {string.Join(", ", client.VlanId)}"));
}
