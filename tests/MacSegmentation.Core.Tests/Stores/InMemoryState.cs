using System.Collections.Immutable;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
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
    ImmutableList<MacAuditEvent> Audit,
    long LastPolicyId)
{
    public static InMemoryState Empty { get; } = new(
        0,
        ImmutableSortedDictionary<int, MacVlan>.Empty,
        [],
        ImmutableSortedDictionary<MacAddress, RestingAddress>.Empty,
        ImmutableSortedDictionary<MacAddress, MacAllocation>.Empty,
        ImmutableSortedDictionary<long, MacPolicy>.Empty,
        [],
        0);
}
