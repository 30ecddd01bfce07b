using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Partitions;

/// <summary>The merged list of policies with the reasons of its sequence, for people.</summary>
public static class PolicyResolution
{
    /// <summary>Explains a merged list.</summary>
    /// <param name="merged">The list, the deciding first.</param>
    /// <param name="precedence">The order that it was sorted by.</param>
    /// <param name="defaultAction">What becomes of what no policy matches.</param>
    /// <param name="defaultReason">Where that is said.</param>
    public static IReadOnlyList<MacResolvedPolicy> Explain(IReadOnlyList<RankedPolicy> merged, PolicyPrecedence precedence, PartitionAction defaultAction, string defaultReason)
    {
        ArgumentNullException.ThrowIfNull(merged);
        ArgumentNullException.ThrowIfNull(precedence);
        bool isReached = !merged.Any(other => Decides(other) && IsForAll(other.Policy));
        return [.. Explain(merged, precedence, (earlier, later) => earlier.Covers(later)), Default(merged.Count + 1, defaultAction, isReached, defaultReason)];
    }

    /// <summary>What holds for what goes from an interface record to another one.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="fromName">The record that sends.</param>
    /// <param name="toName">The record that it is for.</param>
    /// <param name="vlanId">The VLAN that it is in; null for that of both.</param>
    /// <exception cref="MacSegmentationException">InvalidInterfaceName, InterfaceNotFound, InterfacesInDifferentVlans, VlanNotFound.</exception>
    public static IReadOnlyList<MacResolvedPolicy> Resolve(IPartitionReader store, string fromName, string toName, int? vlanId)
    {
        ArgumentNullException.ThrowIfNull(store);
        var from = InterfaceCatalog.Get(store, fromName);
        var to = InterfaceCatalog.Get(store, toName);
        if (vlanId is null && from.VlanId != to.VlanId)
        {
            throw new MacSegmentationException(
                "InterfacesInDifferentVlans",
                MacErrorKind.InvalidArgument,
                $"Interface '{from.Name}' is in VLAN {from.VlanId} and '{to.Name}' in VLAN {to.VlanId}: no frame goes from one to the other. Name two records of one VLAN, or the packet's VLAN with -VlanId.",
                toName);
        }

        var vlan = VlanCatalog.Get(store, vlanId ?? from.VlanId);
        var index = new PartitionIndex(store.ListPartitions(), store.PartitionSettings.ConflictResolution);
        return Explain(index.Merge(index.Find(from.Tag), index.Find(to.Tag), vlan.VlanId), index.Precedence, ToAction(vlan.DefaultAction), DefaultReason(vlan.VlanId));
    }

    /// <summary>What holds for a record with some tags, whatever it sends to: the policies of its partitions. A policy is in the way of another one if its peer and direction are, too.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="vlanId">The VLAN whose default action stands last and whose policies of VLANs count; null for all, and no default.</param>
    /// <exception cref="MacSegmentationException">VlanNotFound.</exception>
    public static IReadOnlyList<MacResolvedPolicy> Resolve(IPartitionReader store, IReadOnlyList<MacTag> tags, int? vlanId)
    {
        ArgumentNullException.ThrowIfNull(store);
        var vlan = vlanId is { } id ? VlanCatalog.Get(store, id) : null;
        return Resolve(new PartitionIndex(store.ListPartitions(), store.PartitionSettings.ConflictResolution), tags, vlan?.VlanId, vlan?.DefaultAction ?? default);
    }

    /// <summary>What holds for a record with some tags, as the other overload says, by partitions that are prepared.</summary>
    /// <param name="index">The partitions.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="vlanId">The VLAN whose default action stands last and whose policies of VLANs count; null for all, and no default.</param>
    /// <param name="defaultAction">The VLAN's default action; it counts with a VLAN only.</param>
    public static IReadOnlyList<MacResolvedPolicy> Resolve(PartitionIndex index, IReadOnlyList<MacTag> tags, int? vlanId, PolicyAction defaultAction)
    {
        ArgumentNullException.ThrowIfNull(index);
        RankedPolicy[] list = [.. index.List(index.Find(tags)).Where(ranked => vlanId is null || ranked.Policy.Peer.Kind != PeerKind.Vlan || ranked.Policy.Peer.VlanId == vlanId)];
        var explained = Explain(list, index.Precedence, CoversEverywhere);
        return vlanId is not { } id ? explained
            : [.. explained, Default(list.Length + 1, ToAction(defaultAction), !list.Any(other => Decides(other) && IsForAll(other.Policy) && IsEverywhere(other.Policy)), DefaultReason(id))];
    }

    private static bool CoversEverywhere(MacPartitionPolicy earlier, MacPartitionPolicy later) => earlier.Covers(later)
        && (earlier.Direction is null || earlier.Direction == later.Direction)
        && (earlier.Peer.Kind == PeerKind.Any || earlier.Peer == later.Peer);

    private static bool IsEverywhere(MacPartitionPolicy policy) => policy.Direction is null && policy.Peer.Kind == PeerKind.Any;

    private static bool Decides(RankedPolicy ranked) => !ranked.IsStaged && ranked.Policy.Action != PartitionAction.Mirror;

    private static PartitionAction ToAction(PolicyAction action) => action switch
    {
        PolicyAction.Allow => PartitionAction.Allow,
        PolicyAction.Deny => PartitionAction.Deny,
        _ => PartitionAction.Drop,
    };

    private static string DefaultReason(int vlanId) => $"The default action of VLAN {vlanId}, for what no policy of a partition matches.";

    private static MacResolvedPolicy Default(int rank, PartitionAction action, bool isReached, string reason) => new()
    {
        Rank = rank,
        Action = action,
        IsDeciding = isReached,
        Reason = isReached ? reason : "A policy before it matches everything.",
    };

    private static List<MacResolvedPolicy> Explain(IReadOnlyList<RankedPolicy> merged, PolicyPrecedence precedence, Func<MacPartitionPolicy, MacPartitionPolicy, bool> covers)
    {
        var explained = new List<MacResolvedPolicy>();
        foreach (var ranked in merged)
        {
            var policy = ranked.Policy;
            var earlier = Decides(ranked) ? merged.Take(explained.Count).FirstOrDefault(other => Decides(other) && covers(other.Policy, policy)) : null;
            explained.Add(new MacResolvedPolicy
            {
                Rank = explained.Count + 1,
                PolicyId = policy.PolicyId,
                Partition = policy.Partition,
                Priority = ranked.Priority,
                Direction = policy.Direction,
                Peer = policy.Peer,
                EtherType = policy.EtherType,
                Protocol = policy.Protocol,
                Port = policy.Port,
                Action = policy.Action,
                To = policy.To,
                IsDeciding = Decides(ranked) && earlier is null,
                Reason = ranked.IsStaged ? "Staged: it is counted and decides nothing."
                    : policy.Action == PartitionAction.Mirror ? "Mirror decides nothing: it copies what it matches."
                    : earlier is null ? "It decides what it matches first."
                    : $"Policy {earlier.Policy.PolicyId} of '{earlier.Policy.Partition}' matches all that it does, and comes first: {Why(earlier, ranked, precedence)}",
            });
        }

        return explained;
    }

    /// <summary>Why a policy comes before another one, as a sentence.</summary>
    /// <param name="first">The one that comes first.</param>
    /// <param name="second">The other one.</param>
    /// <param name="precedence">The order.</param>
    public static string Why(RankedPolicy first, RankedPolicy second, PolicyPrecedence precedence)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(precedence);
        precedence.Compare(first, second, out var step);
        return step switch
        {
            PrecedenceStep.Priority => $"priority {first.Priority} is greater than {second.Priority}.",
            PrecedenceStep.Peer => $"the peer {first.Policy.Peer} is more specific than {second.Policy.Peer}.",
            PrecedenceStep.Protocol => $"{first.Policy.Protocol} is more specific than any protocol.",
            PrecedenceStep.Ports => $"{Ports(first)} are narrower than {Ports(second)}.",
            PrecedenceStep.EtherType => $"EtherType 0x{first.Policy.EtherType:x4} is more specific than any.",
            PrecedenceStep.Direction => $"{first.Policy.Direction} is more specific than both directions.",
            PrecedenceStep.Action => $"{first.Policy.Action} is stricter than {second.Policy.Action}.",
            PrecedenceStep.PartitionName => $"all else is alike, and '{first.Policy.Partition}' comes before '{second.Policy.Partition}' by name: a tie.",
            _ => $"all else is alike, and place {first.Policy.Order} comes before {second.Policy.Order}: a tie.",
        };
    }

    private static string Ports(RankedPolicy ranked) => ranked.Policy.Port.Count == 0 ? "all ports" : $"ports {string.Join(',', ranked.Policy.Port)}";

    private static bool IsForAll(MacPartitionPolicy policy) => policy.EtherType is null && policy.Protocol == Addressing.IpProtocol.Any && policy.Port.Count == 0;
}
