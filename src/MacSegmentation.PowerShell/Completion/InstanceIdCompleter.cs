using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes instances that have an address, in the VLAN that was given or in any.</summary>
internal sealed class InstanceIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListAllocationsOf(typed, TypedPrefix.MaxRows)
        .Where(allocation => IsOfBoundVlan(bound, allocation.VlanId))
        .GroupBy(allocation => allocation.InstanceId, StringComparer.OrdinalIgnoreCase)
        .Select(instance => new CompletionCandidate(instance.Key, string.Join(", ", instance.Select(one => $"{one.MacAddress} in VLAN {one.VlanId}"))));
}
