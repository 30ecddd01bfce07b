using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes addresses that a handle may own: those that are given out in the VLAN that was given, or in any.</summary>
internal sealed class OwnedAddressCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => TypedPrefix.MacAddresses(typed) is var (range, format)
        ? store.ListHandlesIn(range, TypedPrefix.MaxRows)
            .Where(handle => IsOfBoundVlan(bound, handle.VlanId))
            .Select(handle => new CompletionCandidate(handle.MacAddress.ToString(format), $"{handle.Handle} in VLAN {handle.VlanId}"))
        : [];
}
