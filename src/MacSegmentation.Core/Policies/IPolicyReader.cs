using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

/// <summary>The rows of policies.</summary>
public interface IPolicyReader : IVlanReader
{
    /// <summary>Policies by ascending VLAN and order, of one VLAN or of all.</summary>
    IReadOnlyList<MacPolicy> ListPolicies(int? vlanId = null);

    /// <summary>The next policies of a VLAN's list after a place of it.</summary>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="order">The place after which they come.</param>
    /// <param name="limit">At most so many; a store reads no more rows than that.</param>
    IReadOnlyList<MacPolicy> ListPoliciesAfter(int vlanId, long order, int limit) => [.. ListPolicies(vlanId).Where(policy => policy.Order > order).Take(limit)];

    /// <summary>The next policies by id after one.</summary>
    /// <param name="policyId">The id after which they come.</param>
    /// <param name="limit">At most so many; a store reads no more rows than that.</param>
    IReadOnlyList<MacPolicy> ListPoliciesById(long policyId, int limit) =>
        [.. ListPolicies().Where(policy => policy.PolicyId > policyId).OrderBy(policy => policy.PolicyId).Take(limit)];

    /// <summary>The policy with this id, or null.</summary>
    MacPolicy? FindPolicy(long policyId);

    /// <summary>The policy at this place of the VLAN's list, or null.</summary>
    MacPolicy? FindPolicyByOrder(int vlanId, int order);

    /// <summary>The last policy of a VLAN's list before a place of it, or null.</summary>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="order">The place.</param>
    MacPolicy? FindPolicyBefore(int vlanId, long order) => ListPolicies(vlanId).LastOrDefault(policy => policy.Order < order);

    /// <summary>The VLAN's policy that matches and does the same, or null.</summary>
    MacPolicy? FindSamePolicy(int vlanId, MacPattern source, MacPattern destination, PolicyAction action);

    /// <summary>The highest order in the VLAN's list, or null if it is empty.</summary>
    int? FindLastOrder(int vlanId);
}
