using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes what an address can be found by: addresses that are given out, addresses of interface records, and names of instances.</summary>
internal sealed class FoundAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) =>
        MacAddresses(store, typed).Concat(IPAddresses(store, typed)).Concat(Instances(store, typed)).DistinctBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<CompletionCandidate> MacAddresses(IStoreReader store, string typed) => TypedPrefix.MacAddresses(typed) is var (range, format)
        ? store.ListAllocationsIn(range, vlanId: null, TypedPrefix.MaxRows)
            .Select(allocation => new CompletionCandidate(allocation.MacAddress.ToString(format), $"{allocation.InstanceId} in VLAN {allocation.VlanId}"))
            .Concat(store.ListInterfacesIn(range, TypedPrefix.MaxRows).Select(record => new CompletionCandidate(record.MacAddress.ToString(format), $"{record.Name} in VLAN {record.VlanId}")))
        : [];

    private static IEnumerable<CompletionCandidate> IPAddresses(IStoreReader store, string typed) => typed.Length == 0 ? [] : TypedPrefix.IPAddresses(typed)
        .SelectMany(range => store.ListInterfacesFixedBetween(range.First, range.Last, TypedPrefix.MaxRows)
            .SelectMany(record => record.IPAddress, (record, own) => new CompletionCandidate($"{own.Address}", $"{record.Name} in VLAN {record.VlanId}"))
            .Concat(store.ListAddressPairsBetween(range.First, range.Last, TypedPrefix.MaxRows).Select(pair => new CompletionCandidate($"{pair.IPAddress}", $"pair of {pair.InterfaceName} in VLAN {pair.VlanId}"))));

    private static IEnumerable<CompletionCandidate> Instances(IStoreReader store, string typed) => store.ListAllocationsOf(typed, TypedPrefix.MaxRows)
        .Select(allocation => new CompletionCandidate(allocation.InstanceId, $"{allocation.MacAddress} in VLAN {allocation.VlanId}"));
}
