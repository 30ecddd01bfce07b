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
        var explained = new List<MacResolvedPolicy>();
        foreach (var ranked in merged)
        {
            var policy = ranked.Policy;
            var earlier = ranked.IsStaged || policy.Action == PartitionAction.Mirror ? null
                : merged.Take(explained.Count).FirstOrDefault(other => !other.IsStaged && other.Policy.Action != PartitionAction.Mirror && other.Policy.Covers(policy));
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
                IsDeciding = !ranked.IsStaged && policy.Action != PartitionAction.Mirror && earlier is null,
                Reason = ranked.IsStaged ? "Staged: it is counted and decides nothing."
                    : policy.Action == PartitionAction.Mirror ? "Mirror decides nothing: it copies what it matches."
                    : earlier is null ? "It decides what it matches first."
                    : $"Policy {earlier.Policy.PolicyId} of '{earlier.Policy.Partition}' matches all that it does, and comes first: {Why(earlier, ranked, precedence)}",
            });
        }

        bool isReached = !merged.Any(other => !other.IsStaged && other.Policy.Action != PartitionAction.Mirror && IsForAll(other.Policy));
        explained.Add(new MacResolvedPolicy
        {
            Rank = explained.Count + 1,
            Action = defaultAction,
            IsDeciding = isReached,
            Reason = isReached ? defaultReason : "A policy before it matches everything.",
        });
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
