using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>The part of one VLAN's configuration that decides over frames. Immutable; an unchanged VLAN keeps its instance from snapshot to snapshot.</summary>
public sealed class VlanPolicies
{
    private readonly MacPolicy[] policies;

    /// <summary>Creates the list.</summary>
    /// <param name="vlanId">The VLAN, 1 to 4094.</param>
    /// <param name="defaultAction">What happens to a frame that no policy matches.</param>
    /// <param name="policies">The policies, by ascending order. The caller gives the array away.</param>
    /// <exception cref="ArgumentException">The policies are not in strictly ascending order.</exception>
    public VlanPolicies(int vlanId, PolicyAction defaultAction, MacPolicy[] policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        for (int i = 1; i < policies.Length; i++)
        {
            if (policies[i - 1].Order >= policies[i].Order)
            {
                throw new ArgumentException($"The policies of VLAN {vlanId} are not in strictly ascending order at {policies[i]}.", nameof(policies));
            }
        }

        VlanId = vlanId;
        DefaultAction = defaultAction;
        this.policies = policies;
    }

    /// <summary>The VLAN, 1 to 4094.</summary>
    public int VlanId { get; }

    /// <summary>What happens to a frame that no policy matches.</summary>
    public PolicyAction DefaultAction { get; }

    /// <summary>True if a switch answers the VLAN's ARP requests and neighbour solicitations for the addresses of interface records.</summary>
    public bool ArpResponder { get; init; }

    /// <summary>The policies, by ascending order.</summary>
    public ReadOnlySpan<MacPolicy> Policies => policies;

    /// <summary>
    /// The plain meaning of the list: walk it in order, and the first policy that matches decides. The compiled table must agree with this
    /// for every frame; it is what the table is tested and measured against.
    /// </summary>
    /// <param name="source">The frame's source address.</param>
    /// <param name="destination">The frame's destination address.</param>
    /// <param name="time">When the frame comes; what is disabled or has expired by then does not match. Null for now, by the system's clock.</param>
    /// <returns>The index of the policy that decides, or −1 if none matches.</returns>
    public int FindByWalk(MacAddress source, MacAddress destination, DateTimeOffset? time = null)
    {
        var at = time ?? TimeProvider.System.GetUtcNow();
        for (int i = 0; i < policies.Length; i++)
        {
            if (policies[i].IsInForceAt(at) && policies[i].Matches(source, destination))
            {
                return i;
            }
        }

        return -1;
    }
}
