using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes IP addresses of allowed address pairs: of the interface record that was given, or of any.</summary>
internal sealed class AddressPairIPAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => ListAddressPairs(store, typed, bound)
        .GroupBy(pair => pair.IPAddress, pair => pair.InterfaceName)
        .Select(address => new CompletionCandidate($"{address.Key}", string.Join(", ", address.Distinct(StringComparer.Ordinal))));
}
