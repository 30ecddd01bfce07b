using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes MAC addresses that ports of interface records may use, in the VLAN that was given or in any.</summary>
internal sealed class InterfaceMacAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => store.ListInterfaces(BoundVlan(bound))
        .SelectMany(record => record.AddressPair.Select(pair => pair.MacAddress).Prepend(record.MacAddress).Distinct().Select(address => (Address: address, Record: record)))
        .GroupBy(use => use.Address, use => $"{use.Record.Name} in VLAN {use.Record.VlanId}")
        .OrderBy(address => address.Key)
        .Select(address => new CompletionCandidate($"{address.Key}", string.Join(", ", address)));
}
