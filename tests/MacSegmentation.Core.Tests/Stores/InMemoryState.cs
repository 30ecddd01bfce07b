using System.Collections.Immutable;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.NicMetrics;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.Providers;
using MacSegmentation.RunningEnforcers;
using MacSegmentation.SecurityGroups;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Vlans;
using MacSegmentation.Watches;

namespace MacSegmentation.Stores;

/// <summary>All that a store holds, immutable: a transaction that fails is rolled back by being forgotten.</summary>
internal sealed record InMemoryState(
    long Revision,
    ImmutableSortedDictionary<int, MacVlan> Vlans,
    ImmutableList<VlanRange> Free,
    ImmutableSortedDictionary<MacAddress, HeldDownAddress> HeldDown,
    ImmutableSortedDictionary<MacAddress, MacAllocation> Allocations,
    ImmutableSortedDictionary<long, MacPolicy> Policies,
    ImmutableSortedDictionary<long, MacInterface> Interfaces,
    ImmutableList<InterfaceUse> Uses,
    ImmutableSortedDictionary<string, MacSecurityGroup> Groups,
    ImmutableSortedDictionary<string, MacPartition> Partitions,
    ImmutableSortedDictionary<int, RetiredPartition> RetiredPartitions,
    PartitionSettings PartitionSettings,
    ImmutableSortedDictionary<string, MacSecurityTrigger> SecurityTriggers,
    ImmutableList<TriggerHold> TriggerHolds,
    ImmutableList<MacAuditEvent> Audit,
    ImmutableSortedDictionary<long, MacHandle> Handles,
    ImmutableSortedDictionary<long, MacProvider> Providers,
    ImmutableSortedDictionary<long, MacBlock> Blocks,
    ImmutableSortedDictionary<long, MacProviderClient> Clients,
    ProviderState? Provider,
    long LastHandleId,
    long LastProviderId,
    long LastBlockId,
    long LastClientId,
    long LastPolicyId,
    long LastInterfaceId,
    long LastRuleId,
    long LastPartitionPolicyId,
    ImmutableSortedDictionary<string, MacProfile> Profiles,
    ImmutableSortedDictionary<string, MacSession> Sessions,
    ImmutableSortedDictionary<long, MacInstance> Instances,
    ImmutableSortedDictionary<long, MacProfileRule> ProfileRules,
    long LastProfileRuleId,
    ImmutableList<ProfileAdjustment> Adjustments)
{
    /// <summary>The reserved addresses, by the first.</summary>
    public ImmutableSortedDictionary<MacAddress, MacReservation> Reservations { get; init; } = ImmutableSortedDictionary<MacAddress, MacReservation>.Empty;

    /// <summary>Addresses of reservations that came back.</summary>
    public ImmutableSortedDictionary<MacAddress, HeldDownAddress> ReservedHeldDown { get; init; } = ImmutableSortedDictionary<MacAddress, HeldDownAddress>.Empty;

    /// <summary>What holds for the audit.</summary>
    public AuditSettings AuditSettings { get; init; } = new();

    /// <summary>What each revision drew.</summary>
    public ImmutableDictionary<long, string> Marks { get; init; } = ImmutableDictionary<long, string>.Empty;

    public ImmutableList<NicReporter> NicReporters { get; init; } = [];

    public ImmutableList<MacNicMetric> NicMetrics { get; init; } = [];

    public ImmutableList<MacNicMetric> NicSamples { get; init; } = [];

    public ImmutableDictionary<string, NicReporter> NicRuns { get; init; } = ImmutableDictionary<string, NicReporter>.Empty;

    public ImmutableSortedDictionary<string, MacRunningEnforcer> RunningEnforcers { get; init; } = ImmutableSortedDictionary.Create<string, MacRunningEnforcer>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, MacWatch> Watches { get; init; } = ImmutableSortedDictionary.Create<string, MacWatch>(StringComparer.OrdinalIgnoreCase);

    public ImmutableList<SpooledEvent> Spool { get; init; } = [];

    public static InMemoryState Empty { get; } = new(
        0,
        ImmutableSortedDictionary<int, MacVlan>.Empty,
        [],
        ImmutableSortedDictionary<MacAddress, HeldDownAddress>.Empty,
        ImmutableSortedDictionary<MacAddress, MacAllocation>.Empty,
        ImmutableSortedDictionary<long, MacPolicy>.Empty,
        ImmutableSortedDictionary<long, MacInterface>.Empty,
        [],
        ImmutableSortedDictionary.Create<string, MacSecurityGroup>(StringComparer.OrdinalIgnoreCase),
        ImmutableSortedDictionary.Create<string, MacPartition>(StringComparer.OrdinalIgnoreCase),
        ImmutableSortedDictionary<int, RetiredPartition>.Empty,
        new PartitionSettings(),
        ImmutableSortedDictionary.Create<string, MacSecurityTrigger>(StringComparer.OrdinalIgnoreCase),
        [],
        [],
        ImmutableSortedDictionary<long, MacHandle>.Empty,
        ImmutableSortedDictionary<long, MacProvider>.Empty,
        ImmutableSortedDictionary<long, MacBlock>.Empty,
        ImmutableSortedDictionary<long, MacProviderClient>.Empty,
        null,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        ImmutableSortedDictionary.Create<string, MacProfile>(StringComparer.OrdinalIgnoreCase),
        ImmutableSortedDictionary.Create<string, MacSession>(StringComparer.OrdinalIgnoreCase),
        ImmutableSortedDictionary<long, MacInstance>.Empty,
        ImmutableSortedDictionary<long, MacProfileRule>.Empty,
        0,
        []);
}
