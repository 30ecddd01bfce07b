using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes interface records by name, in the VLAN that was given or in any.</summary>
internal sealed class InterfaceNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => store.ListInterfaces(BoundVlan(bound))
        .Select(record => new CompletionCandidate(record.Name, $"{string.Join(", ", [$"{record.MacAddress}", .. record.IPAddress])} in VLAN {record.VlanId}"));
}
