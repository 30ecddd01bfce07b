using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes addresses that are given out, in the VLAN that was given or in any.</summary>
internal sealed class AllocatedAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => TypedPrefix.MacAddresses(typed) is var (range, format)
        ? store.ListAllocationsIn(range, BoundVlan(bound), TypedPrefix.MaxRows)
            .Select(allocation => new CompletionCandidate(allocation.MacAddress.ToString(format), $"{allocation.InstanceId} in VLAN {allocation.VlanId}"))
        : [];
}
