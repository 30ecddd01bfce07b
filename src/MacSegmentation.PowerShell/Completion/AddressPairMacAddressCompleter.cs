using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes MAC addresses of allowed address pairs: of the interface record that was given, or of any.</summary>
internal sealed class AddressPairMacAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => ListAddressPairs(store, BoundName(bound, "IPAddress") ?? string.Empty, bound)
        .GroupBy(pair => pair.MacAddress, pair => $"{pair.IPAddress} of {pair.InterfaceName}")
        .OrderBy(address => address.Key)
        .Select(address => new CompletionCandidate(address.Key.ToString(TypedPrefix.MacAddresses(typed)?.Format), string.Join(", ", address)));
}
