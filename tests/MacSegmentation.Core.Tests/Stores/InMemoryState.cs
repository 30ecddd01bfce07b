using System.Collections.Immutable;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores;

/// <summary>All that a store holds, immutable: a transaction that fails is rolled back by being forgotten.</summary>
internal sealed record InMemoryState(
    long Revision,
    ImmutableSortedDictionary<int, MacVlan> Vlans,
    ImmutableList<VlanRange> Free,
    ImmutableSortedDictionary<MacAddress, RestingAddress> Resting,
    ImmutableSortedDictionary<MacAddress, MacAllocation> Allocations,
    ImmutableSortedDictionary<long, MacPolicy> Policies,
    ImmutableSortedDictionary<long, MacInterface> Interfaces,
    ImmutableList<InterfaceUse> Uses,
    ImmutableSortedDictionary<string, MacSecurityGroup> Groups,
    ImmutableList<MacAuditEvent> Audit,
    long LastPolicyId,
    long LastInterfaceId,
    long LastRuleId)
{
    public static InMemoryState Empty { get; } = new(
        0,
        ImmutableSortedDictionary<int, MacVlan>.Empty,
        [],
        ImmutableSortedDictionary<MacAddress, RestingAddress>.Empty,
        ImmutableSortedDictionary<MacAddress, MacAllocation>.Empty,
        ImmutableSortedDictionary<long, MacPolicy>.Empty,
        ImmutableSortedDictionary<long, MacInterface>.Empty,
        [],
        ImmutableSortedDictionary.Create<string, MacSecurityGroup>(StringComparer.OrdinalIgnoreCase),
        [],
        0,
        0,
        0);
}
