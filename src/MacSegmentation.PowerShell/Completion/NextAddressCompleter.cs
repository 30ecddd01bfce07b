using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes the address that the pool of the VLAN that was given would give next.</summary>
internal sealed class NextAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) =>
        BoundVlan(bound) is { } vlanId && store.FindLowestFree(vlanId) is { } free && TypedPrefix.MacAddresses(typed) is var (_, format)
            ? [new CompletionCandidate(free.First.ToString(format), $"The lowest address of VLAN {vlanId} that was never given out")]
            : [];
}
