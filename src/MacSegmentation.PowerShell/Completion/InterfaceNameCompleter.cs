using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes interface records by name, in the VLAN that was given or in any.</summary>
internal sealed class InterfaceNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListInterfacesNamed(typed, TypedPrefix.MaxRows)
        .Where(record => IsOfBoundVlan(bound, record.VlanId))
        .Select(record => new CompletionCandidate(record.Name, $"{string.Join(", ", [$"{record.MacAddress}", .. record.IPAddress])} in VLAN {record.VlanId}"));
}
