using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes MAC addresses of allowed address pairs: of the interface record that was given, or of any.</summary>
internal sealed class AddressPairMacAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => ListAddressPairs(store, bound)
        .GroupBy(pair => pair.MacAddress, pair => $"{pair.IPAddress} of {pair.InterfaceName}")
        .OrderBy(address => address.Key)
        .Select(address => new CompletionCandidate($"{address.Key}", string.Join(", ", address)));
}
