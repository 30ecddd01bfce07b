using System.Collections;
using System.Globalization;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes the places of a VLAN's policies.</summary>
internal sealed class PolicyOrderCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => BoundVlan(bound) is { } vlanId
        ? TypedPrefix.Numbers(typed)
            .SelectMany(range => store.ListPoliciesAfter(vlanId, range.First - 1, TypedPrefix.MaxRows).TakeWhile(policy => policy.Order <= range.Last))
            .Select(policy => new CompletionCandidate(policy.Order.ToString(CultureInfo.InvariantCulture), policy.ToString()))
        : [];
}
