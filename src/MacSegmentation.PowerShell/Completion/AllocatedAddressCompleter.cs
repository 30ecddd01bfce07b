using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes addresses that are given out, in the VLAN that was given or in any.</summary>
internal sealed class AllocatedAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => store.ListAllocations(BoundVlan(bound))
        .Select(allocation => new CompletionCandidate($"{allocation.MacAddress}", $"{allocation.InstanceId} in VLAN {allocation.VlanId}"));
}
