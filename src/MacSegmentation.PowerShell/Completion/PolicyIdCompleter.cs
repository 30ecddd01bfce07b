using System.Collections;
using System.Globalization;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes policies by their id, in the VLAN that was given or in any.</summary>
internal sealed class PolicyIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => store.ListPolicies(BoundVlan(bound))
        .Select(policy => new CompletionCandidate(policy.PolicyId.ToString(CultureInfo.InvariantCulture), $"VLAN {policy.VlanId}, {policy}"));
}
