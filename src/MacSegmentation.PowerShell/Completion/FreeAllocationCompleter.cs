using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes addresses that are given out and that no interface record has yet, in the VLAN that was given or in any.</summary>
internal sealed class FreeAllocationCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound)
    {
        var taken = store.ListInterfaces(BoundVlan(bound)).Select(record => record.MacAddress).ToHashSet();
        return store.ListAllocations(BoundVlan(bound))
            .Where(allocation => !taken.Contains(allocation.MacAddress))
            .Select(allocation => new CompletionCandidate($"{allocation.MacAddress}", $"{allocation.InstanceId} in VLAN {allocation.VlanId}"));
    }
}
