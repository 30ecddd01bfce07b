using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Merging;

/// <content>What the stores have, in words; and the addresses of interface records.</content>
public static partial class StoreComparison
{
    /// <summary>Those of the first store against all of the second, then those of the second against what the first has beside records.</summary>
    private static IEnumerable<MacStoreCollision> CompareInterfaceAddresses(InterfaceSide here, InterfaceSide there)
    {
        var first = Meet(here, there, withRecords: true).Select(met => Collide(met.Record.VlanId, met.Record.MacAddress, Describe(met.Record), met.Other));
        var second = Meet(there, here, withRecords: false).Select(met => Collide(met.VlanId, met.Record.MacAddress, met.Other, Describe(met.Record)));
        return first.Concat(second);

        static MacStoreCollision Collide(int vlanId, MacAddress address, string here, string there) =>
            new() { Kind = StoreCollisionKind.InterfaceAddress, VlanId = vlanId, Subject = $"{address}", Here = here, There = there };
    }

    /// <summary>What each record of one store meets in the other: of a record, an allocation and a pool the first.</summary>
    private static IEnumerable<(MacInterface Record, int VlanId, string Other)> Meet(InterfaceSide side, InterfaceSide other, bool withRecords)
    {
        int nextRecord = 0;
        int nextAllocation = 0;
        int nextRange = 0;
        foreach (var record in side.Sorted)
        {
            var address = record.MacAddress;
            while (nextRecord < other.Sorted.Count && other.Sorted[nextRecord].MacAddress < address)
            {
                nextRecord++;
            }

            while (nextAllocation < other.Allocations.Count && other.Allocations[nextAllocation].MacAddress < address)
            {
                nextAllocation++;
            }

            while (nextRange < other.Ranges.Count && other.Ranges[nextRange].Range.Last < address)
            {
                nextRange++;
            }

            if (nextRecord < other.Sorted.Count && other.Sorted[nextRecord] is var twin && twin.MacAddress == address)
            {
                if (withRecords)
                {
                    yield return (record, twin.VlanId, Describe(twin));
                }
            }
            else if (nextAllocation < other.Allocations.Count && other.Allocations[nextAllocation] is var allocation && allocation.MacAddress == address)
            {
                yield return (record, allocation.VlanId, Describe(allocation));
            }
            else if (nextRange < other.Ranges.Count && other.Ranges[nextRange] is var pool && pool.Range.Contains(address))
            {
                yield return (record, pool.VlanId, Describe(pool));
            }
        }
    }

    /// <summary>The allocations that lie in no pool of their store, and in one of the other, which has not given the address out.</summary>
    private static IEnumerable<(MacAllocation OutOfPool, VlanRange Pool)> MeetPools(
        IReadOnlyList<MacAllocation> allocations, IReadOnlyList<VlanRange> ranges, IReadOnlyList<MacAllocation> others, IReadOnlyList<VlanRange> otherRanges)
    {
        int own = 0;
        int other = 0;
        int twin = 0;
        foreach (var allocation in allocations)
        {
            var address = allocation.MacAddress;
            own = Pass(ranges, own, address);
            other = Pass(otherRanges, other, address);
            while (twin < others.Count && others[twin].MacAddress < address)
            {
                twin++;
            }

            bool isOutOfPool = own == ranges.Count || !ranges[own].Range.Contains(address);
            bool isTaken = twin < others.Count && others[twin].MacAddress == address;
            if (isOutOfPool && !isTaken && other < otherRanges.Count && otherRanges[other].Range.Contains(address))
            {
                yield return (allocation, otherRanges[other]);
            }
        }

        static int Pass(IReadOnlyList<VlanRange> ranges, int next, MacAddress address)
        {
            while (next < ranges.Count && ranges[next].Range.Last < address)
            {
                next++;
            }

            return next;
        }
    }

    private static string Describe(MacInterface record) => $"interface '{record.Name}' in VLAN {record.VlanId}";

    private static string Describe(VlanRange pool) => $"pool of VLAN {pool.VlanId}";

    private static string Describe(MacAllocation allocation) =>
        $"{(allocation.Handle.Length > 0 ? $"handle '{allocation.Handle}'" : $"'{allocation.InstanceId}'")} in VLAN {allocation.VlanId}";

    private static string Describe(MacHandle handle) => $"{handle.MacAddress} in VLAN {handle.VlanId}, {handle.State switch
    {
        HandleState.Held => "held",
        HandleState.Released => "given up",
        _ => "revoked",
    }}";

    private static string[] Describe(MacVlan vlan) =>
    [
        $"name '{vlan.Name}'",
        vlan.Ranges.Count == 0 ? "no range" : string.Join(" and ", vlan.Ranges),
        $"default {vlan.DefaultAction}",
        $"reuse delay {vlan.ReuseDelay}",
        $"ARP responder {(vlan.ArpResponder ? "on" : "off")}",
        $"out-of-pool addresses {(vlan.AdmitsOutOfPoolAddresses ? "admitted" : "refused")}",
    ];

    private static string Describe(IReadOnlyList<MacPolicy> policies, IReadOnlyList<MacPolicy> others)
    {
        var known = others.Select(Meaning).ToHashSet();
        return $"{Count(policies.Count, "policy", "policies")}, {policies.Count(policy => !known.Contains(Meaning(policy)))} of them not in the other";
    }

    private static (int Order, MacPattern Source, MacPattern Destination, PolicyAction Action) Meaning(MacPolicy policy) =>
        (policy.Order, policy.SourceAddress, policy.DestinationAddress, policy.Action);

    private static string Count(int number, string one, string? several = null) => number == 1 ? $"1 {one}" : $"{number} {several ?? one + "s"}";
}
