using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes names of providers.</summary>
internal sealed class ProviderNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListProviders()
        .Select(provider => new CompletionCandidate(provider.Name, provider.Uri.Length > 0 ? provider.Uri : $"blocks of {provider.BlockSize}"));
}
