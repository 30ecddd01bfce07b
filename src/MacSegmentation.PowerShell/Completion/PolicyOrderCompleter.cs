using System.Collections;
using System.Globalization;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes the places of a VLAN's policies.</summary>
internal sealed class PolicyOrderCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => BoundVlan(bound) is { } vlanId
        ? store.ListPolicies(vlanId).Select(policy => new CompletionCandidate(policy.Order.ToString(CultureInfo.InvariantCulture), policy.ToString()))
        : [];
}
