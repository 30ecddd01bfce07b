using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes the ranges of the VLAN that was given.</summary>
internal sealed class VlanRangeCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) =>
        BoundVlan(bound) is { } vlanId && store.FindVlan(vlanId) is { } vlan
            ? vlan.Ranges.Select(range => new CompletionCandidate($"{range}", $"{range.Count} addresses of VLAN {vlanId}"))
            : [];
}
