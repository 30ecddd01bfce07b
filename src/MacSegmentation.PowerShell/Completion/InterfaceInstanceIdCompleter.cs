using System.Collections;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes machines that have an interface record, in the VLAN that was given or in any.</summary>
internal sealed class InterfaceInstanceIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListInterfacesOf(typed, TypedPrefix.MaxRows)
        .Where(record => IsOfBoundVlan(bound, record.VlanId))
        .GroupBy(record => record.InstanceId, StringComparer.OrdinalIgnoreCase)
        .Select(instance => new CompletionCandidate(instance.Key, string.Join(", ", instance.OrderBy(record => record.Name, StringComparer.OrdinalIgnoreCase).Select(record => $"{record.Name} in VLAN {record.VlanId}"))));
}
