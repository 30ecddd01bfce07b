using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes instances that have an address, in the VLAN that was given or in any.</summary>
internal sealed class InstanceIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => store.ListAllocations(BoundVlan(bound))
        .GroupBy(allocation => allocation.InstanceId, StringComparer.OrdinalIgnoreCase)
        .OrderBy(instance => instance.Key, StringComparer.OrdinalIgnoreCase)
        .Select(instance => new CompletionCandidate(instance.Key, string.Join(", ", instance.Select(one => $"{one.MacAddress} in VLAN {one.VlanId}"))));
}
