using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes VLANs by number, with their names.</summary>
internal sealed class VlanIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListVlans()
        .Select(vlan => new CompletionCandidate($"{vlan.VlanId}", vlan.Name.Length > 0 ? $"VLAN {vlan.VlanId}: {vlan.Name}" : $"VLAN {vlan.VlanId}"));
}
