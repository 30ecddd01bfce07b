using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

/// <summary>The rows of policies.</summary>
public interface IPolicyReader : IVlanReader
{
    /// <summary>Policies by ascending VLAN and order, of one VLAN or of all.</summary>
    IReadOnlyList<MacPolicy> ListPolicies(int? vlanId = null);

    /// <summary>The policy with this id, or null.</summary>
    MacPolicy? FindPolicy(long policyId);

    /// <summary>The policy at this place of the VLAN's list, or null.</summary>
    MacPolicy? FindPolicyByOrder(int vlanId, int order);

    /// <summary>The VLAN's policy that matches and does the same, or null.</summary>
    MacPolicy? FindSamePolicy(int vlanId, MacPattern source, MacPattern destination, PolicyAction action);

    /// <summary>The highest order in the VLAN's list, or null if it is empty.</summary>
    int? FindLastOrder(int vlanId);
}
