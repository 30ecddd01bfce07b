using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes MAC addresses that ports of interface records may use, in the VLAN that was given or in any.</summary>
internal sealed class InterfaceMacAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound)
    {
        if (TypedPrefix.MacAddresses(typed) is not var (range, format))
        {
            return [];
        }

        var own = store.ListInterfacesIn(range, TypedPrefix.MaxRows).Select(record => (Address: record.MacAddress, record.Name, record.VlanId));
        var paired = TypedPrefix.IPAddresses(string.Empty)
            .SelectMany(any => store.ListAddressPairsBetween(any.First, any.Last, TypedPrefix.MaxRows))
            .Where(pair => range.Contains(pair.MacAddress))
            .Select(pair => (Address: pair.MacAddress, Name: pair.InterfaceName, pair.VlanId));
        return own.Concat(paired)
            .Where(use => IsOfBoundVlan(bound, use.VlanId))
            .Distinct()
            .GroupBy(use => use.Address, use => $"{use.Name} in VLAN {use.VlanId}")
            .OrderBy(address => address.Key)
            .Select(address => new CompletionCandidate(address.Key.ToString(format), string.Join(", ", address)));
    }
}
