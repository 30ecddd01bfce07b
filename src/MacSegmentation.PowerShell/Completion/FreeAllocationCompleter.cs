using System.Collections;
using MacSegmentation.Addressing;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes addresses that are given out and that no interface record has yet, in the VLAN that was given or in any.</summary>
internal sealed class FreeAllocationCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound)
    {
        if (TypedPrefix.MacAddresses(typed) is not var (range, format))
        {
            return [];
        }

        var found = store.ListAllocationsIn(range, BoundVlan(bound), TypedPrefix.MaxRows);
        if (found.Count == 0)
        {
            return [];
        }

        // Allocated addresses are of one VLAN each: among the found ones there are no more records than those.
        var taken = store.ListInterfacesIn(new MacRange(found[0].MacAddress, found[^1].MacAddress), 2 * TypedPrefix.MaxRows).Select(record => record.MacAddress).ToHashSet();
        return found.Where(allocation => !taken.Contains(allocation.MacAddress))
            .Select(allocation => new CompletionCandidate(allocation.MacAddress.ToString(format), $"{allocation.InstanceId} in VLAN {allocation.VlanId}"));
    }
}
