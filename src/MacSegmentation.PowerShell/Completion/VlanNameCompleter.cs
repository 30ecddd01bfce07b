using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes VLANs by name.</summary>
internal sealed class VlanNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListVlans()
        .Where(vlan => vlan.Name.Length > 0)
        .Select(vlan => new CompletionCandidate(vlan.Name, $"VLAN {vlan.VlanId}: {vlan.Name}"));
}
