using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Partitions;

/// <summary>Finds policies that tie, and those that never decide or change nothing, among the records that there are.</summary>
public static class PolicyConflicts
{
    private const int IPv4 = 0x0800;

    /// <summary>Finds them, each pair of policies once, with the first packet that shows it.</summary>
    /// <param name="index">The partitions.</param>
    /// <param name="records">The interface records: packets go between two of one VLAN.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static IEnumerable<MacPolicyConflict> Find(PartitionIndex index, IEnumerable<MacInterface> records, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(records);
        var pairs = Pairs(index, records);
        var decided = new HashSet<long>();
        var merged = new List<(MacInterface From, MacInterface To, IReadOnlyList<RankedPolicy> Policies)>();
        foreach (var (from, to, fromPlaces, toPlaces) in pairs)
        {
            cancellation.ThrowIfCancellationRequested();
            RankedPolicy[] policies = [.. index.Merge(fromPlaces, toPlaces, from.VlanId).Where(ranked => !ranked.IsStaged && ranked.Policy.Action != PartitionAction.Mirror)];
            merged.Add((from, to, policies));
            for (int i = 0; i < policies.Length; i++)
            {
                if (!policies.Take(i).Any(earlier => earlier.Policy.Covers(policies[i].Policy)))
                {
                    decided.Add(policies[i].Policy.PolicyId);
                }
            }
        }

        var told = new HashSet<(long, long)>();
        foreach (var (from, to, policies) in merged)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var conflict in FindIn(index, from, to, policies, decided, told))
            {
                yield return conflict;
            }
        }
    }

    /// <summary>The policies that a policy ties with: both are for the same packets, do something else with them, and only names or places say which one decides.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="policy">The policy.</param>
    public static IReadOnlyList<PolicyTie> FindTies(IPartitionReader store, MacPartitionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(policy);

        // A stricter action is no tie, so that only two that send elsewhere are one.
        if (policy.IsStaged || policy.Action != PartitionAction.Redirect)
        {
            return [];
        }

        var partitions = store.ListPartitions();
        var own = partitions.Single(partition => PartitionCatalog.AreSame(partition.Name, policy.Partition));
        var precedence = new PolicyPrecedence(store.PartitionSettings.ConflictResolution);
        var ranked = new RankedPolicy(policy, own.Priority, own.IsStaged);
        return
        [
            .. from partition in partitions
               where !partition.IsStaged && !own.IsStaged && partition.Priority == own.Priority
               from other in partition.Policy
               where other.PolicyId != policy.PolicyId && !other.IsStaged && other.Action == policy.Action && !PartitionCatalog.AreSame(other.To, policy.To) && other.Overlaps(policy)
               let second = new RankedPolicy(other, partition.Priority, partition.IsStaged)
               where IsByName(precedence, ranked, second) && PolicyMeeting.CanMeet(store, partitions, policy, other)
               select new PolicyTie(policy, other, precedence.Compare(ranked, second) < 0 ? PolicyResolution.Why(ranked, second, precedence) : PolicyResolution.Why(second, ranked, precedence)),
        ];
    }

    private static bool IsByName(PolicyPrecedence precedence, RankedPolicy one, RankedPolicy other)
    {
        precedence.Compare(one, other, out var step);
        return step >= PrecedenceStep.PartitionName;
    }

    private static IEnumerable<MacPolicyConflict> FindIn(
        PartitionIndex index, MacInterface from, MacInterface to, IReadOnlyList<RankedPolicy> policies, HashSet<long> decided, HashSet<(long First, long Second)> told)
    {
        for (int second = 1; second < policies.Count; second++)
        {
            for (int first = 0; first < second; first++)
            {
                var (earlier, later) = (policies[first], policies[second]);
                if (FindKind(index, earlier, later, decided) is { } kind && told.Add((earlier.Policy.PolicyId, later.Policy.PolicyId)))
                {
                    yield return ToConflict(kind, earlier, later, from, to, PolicyResolution.Why(earlier, later, index.Precedence));
                }
            }
        }
    }

    private static PolicyConflictKind? FindKind(PartitionIndex index, RankedPolicy earlier, RankedPolicy later, HashSet<long> decided)
    {
        bool isSame = earlier.Policy.Action == later.Policy.Action && PartitionCatalog.AreSame(earlier.Policy.To, later.Policy.To);
        if (!decided.Contains(later.Policy.PolicyId) && earlier.Policy.Covers(later.Policy))
        {
            return isSame ? PolicyConflictKind.Redundant : PolicyConflictKind.Shadowed;
        }

        index.Precedence.Compare(earlier, later, out var step);
        return !isSame && step >= PrecedenceStep.PartitionName && earlier.Policy.Overlaps(later.Policy) ? PolicyConflictKind.Tie : null;
    }

    private static MacPolicyConflict ToConflict(PolicyConflictKind kind, RankedPolicy earlier, RankedPolicy later, MacInterface from, MacInterface to, string why)
    {
        var (first, second) = (earlier.Policy, later.Policy);
        var protocol = first.Protocol != IpProtocol.Any ? first.Protocol : second.Protocol != IpProtocol.Any ? second.Protocol : IpProtocol.Tcp;
        bool isIP = (first.EtherType ?? second.EtherType ?? IPv4) is IPv4 or 0x86DD;
        return new MacPolicyConflict
        {
            Kind = kind,
            PolicyId = first.PolicyId,
            Partition = first.Partition,
            OtherPolicyId = second.PolicyId,
            OtherPartition = second.Partition,
            From = from.Name,
            To = to.Name,
            EtherType = first.EtherType ?? second.EtherType ?? IPv4,
            Protocol = isIP ? protocol : IpProtocol.Any,
            Port = isIP && protocol.HasPorts ? CommonPort(first, second) : null,
            Reason = kind switch
            {
                PolicyConflictKind.Tie => $"'{first}' decides before '{second}' by name or place only: {why} Give the partitions different priorities, or one policy a narrower match.",
                PolicyConflictKind.Shadowed => $"'{second}' never decides, because '{first}' matches all that it does and comes first: {why} Remove it, or have it match less.",
                _ => $"'{second}' changes nothing, because '{first}' does the same to all that it matches. Remove it.",
            },
        };
    }

    private static int CommonPort(MacPartitionPolicy first, MacPartitionPolicy second) => (first.Port.Count, second.Port.Count) switch
    {
        (0, 0) => 80,
        (0, _) => second.Port[0].First,
        (_, 0) => first.Port[0].First,
        _ => first.Port.SelectMany(own => second.Port.Where(ports => own.First <= ports.Last && ports.First <= own.Last).Select(ports => Math.Max(own.First, ports.First))).First(),
    };

    /// <summary>Two records of each two classes, VLAN by VLAN: what holds for them holds for all others of their classes.</summary>
    private static IEnumerable<(MacInterface From, MacInterface To, IReadOnlyList<int> FromPlaces, IReadOnlyList<int> ToPlaces)> Pairs(PartitionIndex index, IEnumerable<MacInterface> records)
    {
        foreach (var vlan in records.Select(record => (Record: record, Places: index.Find(record.Tag))).GroupBy(one => one.Record.VlanId))
        {
            // One record of each class, and a second one where there is: it talks to its own class too.
            var classes = vlan.GroupBy(one => string.Join(',', one.Places), StringComparer.Ordinal).Select(one => one.Take(2).ToArray()).ToList();
            foreach (var from in classes)
            {
                foreach (var to in classes)
                {
                    if (!ReferenceEquals(from, to))
                    {
                        yield return (from[0].Record, to[0].Record, from[0].Places, to[0].Places);
                    }
                    else if (from.Length > 1)
                    {
                        yield return (from[0].Record, from[1].Record, from[0].Places, from[1].Places);
                    }
                }
            }
        }
    }
}
