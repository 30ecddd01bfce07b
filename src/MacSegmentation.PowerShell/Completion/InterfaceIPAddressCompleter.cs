using System.Collections;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes IP addresses that ports of interface records may use, in the VLAN that was given or in any.</summary>
internal sealed class InterfaceIPAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => TypedPrefix.IPAddresses(typed)
        .SelectMany(range => Uses(store, range.First, range.Last))
        .Where(use => IsOfBoundVlan(bound, use.VlanId))
        .Distinct()
        .GroupBy(use => use.Address, use => $"{use.Name} in VLAN {use.VlanId}")
        .OrderBy(address => IpNumber.From(address.Key))
        .Select(address => new CompletionCandidate($"{address.Key}", string.Join(", ", address)));

    private static IEnumerable<(IPAddress Address, string Name, int VlanId)> Uses(IStoreReader store, IPAddress first, IPAddress last) => store
        .ListInterfacesFixedBetween(first, last, TypedPrefix.MaxRows)
        .SelectMany(record => record.IPAddress, (record, own) => (own.Address, record.Name, record.VlanId))
        .Concat(store.ListAddressPairsBetween(first, last, TypedPrefix.MaxRows).Select(pair => (pair.IPAddress, pair.InterfaceName, pair.VlanId)));
}
