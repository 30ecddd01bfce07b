using System.Collections;
using MacSegmentation.Addressing;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes IP addresses that ports of interface records may use, in the VLAN that was given or in any.</summary>
internal sealed class InterfaceIPAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => store.ListInterfaces(BoundVlan(bound))
        .SelectMany(record => record.IPAddress.Select(own => own.Address).Concat(record.AddressPair.Select(pair => pair.IPAddress)).Distinct().Select(address => (Address: address, Record: record)))
        .GroupBy(use => use.Address, use => $"{use.Record.Name} in VLAN {use.Record.VlanId}")
        .OrderBy(address => IpNumber.From(address.Key))
        .Select(address => new CompletionCandidate($"{address.Key}", string.Join(", ", address)));
}
