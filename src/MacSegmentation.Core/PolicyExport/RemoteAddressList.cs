using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PolicyExport;

/// <summary>
/// What a list comes to for one adapter and one way, told by the address of the other end only: single addresses, and what holds for all others. That is all that a port ACL of Hyper-V can
/// say: it looks at one end (Msvm_EthernetSwitchPortAclSettingData: Applicability is local or remote), and at one address or any.
/// </summary>
internal sealed class RemoteAddressList
{
    private readonly bool isOutbound;
    private readonly VlanPolicies list;

    private RemoteAddressList(VlanPolicies list, MacAddress own, bool isOutbound)
    {
        this.list = list;
        this.isOutbound = isOutbound;
        var kept = list.Policies.ToArray().Where(policy => IsOf(policy, own)).ToList();
        for (int i = kept.Count - 1; i >= 0; i--)
        {
            if (!IsExpressible(kept[i]))
            {
                if (!IsNeedless(kept, i))
                {
                    throw Refusal(kept[i]);
                }

                kept.RemoveAt(i);
            }
        }

        var last = kept.Find(policy => RemoteOf(policy).IsAny);
        IsOthersAllowed = (last?.Action ?? list.DefaultAction) == PolicyAction.Allow;
        Decider = last;
        var seen = new HashSet<ulong>();
        Exceptions = [.. kept.TakeWhile(policy => policy != last).Where(policy => seen.Add(RemoteOf(policy).Value) && IsAllowed(policy) != IsOthersAllowed)];
    }

    /// <summary>True if what no exception names is allowed.</summary>
    public bool IsOthersAllowed { get; }

    /// <summary>The policy that decides for what no exception names; null for the VLAN's default action.</summary>
    public MacPolicy? Decider { get; }

    /// <summary>The policies for single addresses that are treated otherwise, each address once.</summary>
    public IReadOnlyList<MacPolicy> Exceptions { get; }

    /// <summary>What the adapter sends: its address is the source, and that of the other end the destination.</summary>
    public static RemoteAddressList Outbound(VlanPolicies list, MacAddress own) => new(list, own, isOutbound: true);

    /// <summary>What the adapter receives: frames to its address and to groups, and that of the other end is the source.</summary>
    public static RemoteAddressList Inbound(VlanPolicies list, MacAddress own) => new(list, own, isOutbound: false);

    /// <summary>What a policy asks of the other end.</summary>
    public MacPattern RemoteOf(MacPolicy policy) => isOutbound ? policy.DestinationAddress : policy.SourceAddress;

    private static bool IsAllowed(MacPolicy policy) => policy.Action == PolicyAction.Allow;

    private static bool Meets(MacPattern one, MacPattern other) => ((one.Value ^ other.Value) & one.Mask & other.Mask) == 0;

    /// <summary>True if the policy is for frames of the adapter.</summary>
    private bool IsOf(MacPolicy policy, MacAddress own) => isOutbound
        ? policy.SourceAddress.Matches(own)
        : policy.DestinationAddress.Matches(own) || Meets(policy.DestinationAddress, MacPattern.Multicast);

    /// <summary>True if it looks at one remote address or at none, and, of what the adapter receives, not at the destination.</summary>
    private bool IsExpressible(MacPolicy policy) => (isOutbound || policy.DestinationAddress.IsAny) && RemoteOf(policy).PrefixLength is 0 or 48;

    /// <summary>
    /// True if the list decides alike without the policy: it never decides, because one before it covers it, or each frame that it decides over meets the same decision behind it.
    /// </summary>
    private bool IsNeedless(List<MacPolicy> policies, int index)
    {
        var policy = policies[index];
        if (policies.Take(index).Any(earlier => Covers(earlier, policy)))
        {
            return true;
        }

        foreach (var later in policies.Skip(index + 1).Where(later => Meets(later.SourceAddress, policy.SourceAddress) && Meets(later.DestinationAddress, policy.DestinationAddress)))
        {
            if (IsAllowed(later) != IsAllowed(policy))
            {
                return false;
            }

            if (Covers(later, policy))
            {
                return true;
            }
        }

        return (list.DefaultAction == PolicyAction.Allow) == IsAllowed(policy);
    }

    private static bool Covers(MacPolicy one, MacPolicy other) => one.SourceAddress.Covers(other.SourceAddress) && one.DestinationAddress.Covers(other.DestinationAddress);

    private MacSegmentationException Refusal(MacPolicy policy)
    {
        string problem = RemoteOf(policy).PrefixLength is 0 or 48
            ? "it looks at both ends of what the adapter receives"
            : $"{RemoteOf(policy)} is neither one address nor all";
        string wayOut = isOutbound
            ? "Give single addresses, or enforce the VLAN with macseg."
            : "Give a policy whose destination is * and whose source is one address or *, leave what arrives to those who send it (direction Outbound), or enforce the VLAN with macseg.";
        return new MacSegmentationException(
            "PolicyNotExpressible",
            MacErrorKind.InvalidOperation,
            $"Port ACLs of Hyper-V cannot express the policy with order {policy.Order} of VLAN {policy.VlanId} ({policy}) for {(isOutbound ? "outbound" : "inbound")} frames: {problem}, and an ACL entry names one address of one end, or any. {wayOut}",
            policy);
    }
}
