using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes addresses that a handle may own: those that are given out in the VLAN that was given, or in any.</summary>
internal sealed class OwnedAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => store
        .ListAllocations(BoundVlan(bound))
        .Where(allocation => allocation.Handle.Length > 0)
        .Select(allocation => new CompletionCandidate($"{allocation.MacAddress}", $"{allocation.Handle} in VLAN {allocation.VlanId}"));
}
