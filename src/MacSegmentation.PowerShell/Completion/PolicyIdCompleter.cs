using System.Collections;
using System.Globalization;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes policies by their id, in the VLAN that was given or in any.</summary>
internal sealed class PolicyIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => TypedPrefix.Numbers(typed)
        .SelectMany(range => store.ListPoliciesById(range.First - 1, TypedPrefix.MaxRows).TakeWhile(policy => policy.PolicyId <= range.Last))
        .Where(policy => IsOfBoundVlan(bound, policy.VlanId))
        .Select(policy => new CompletionCandidate(policy.PolicyId.ToString(CultureInfo.InvariantCulture), $"VLAN {policy.VlanId}, {policy}"));
}
