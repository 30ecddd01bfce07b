using System.Collections.Immutable;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Transactions;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores;

internal sealed partial class InMemorySession(InMemoryState state, DateTimeOffset now, string storeId, string token) : IStoreWriter, IStoreObserver
{
    private readonly int audited = state.Audit.Count;

    public InMemoryState State { get; private set; } = state;

    public DateTimeOffset Now => now;

    public long Revision => State.Revision;

    /// <summary>What the transaction drew for itself.</summary>
    public string Token => token;

    public string? Reason { get; set; }

    public AuditSettings AuditSettings => State.AuditSettings;

    public void UpdateAuditSettings(AuditSettings settings) => State = State with { AuditSettings = settings };

    public bool HasAudit => State.Audit.Count > audited;

    public StoreMark ReadMark() => HasAudit ? new StoreMark(Revision + 1, token) : new StoreMark(Revision, State.Marks.GetValueOrDefault(Revision, storeId));

    public bool StandsOn(StoreMark mark) => string.Equals(mark.Token, State.Marks.GetValueOrDefault(mark.Revision, mark.Revision == 0 ? storeId : string.Empty), StringComparison.Ordinal);

    public MacVlan? FindVlan(int vlanId) => State.Vlans.GetValueOrDefault(vlanId);

    public IReadOnlyList<MacVlan> ListVlans() => [.. State.Vlans.Values];

    public VlanRange? FindOverlap(MacRange range) => First(
        State.Vlans.Values.SelectMany(vlan => vlan.Ranges.Select(r => new VlanRange(vlan.VlanId, r))).Where(r => r.Range.Overlaps(range)).OrderBy(r => r.Range.First));

    public MacAllocation? FindAllocation(MacAddress address) => State.Allocations.GetValueOrDefault(address);

    public IReadOnlyList<MacAllocation> ListAllocations(int? vlanId = null, string? instanceId = null) =>
    [
        .. State.Allocations.Values.Where(a => (vlanId is null || a.VlanId == vlanId)
            && (instanceId is null || string.Equals(a.InstanceId, instanceId, StringComparison.OrdinalIgnoreCase))),
    ];

    public long CountAllocations(int vlanId, MacRange? within = null) =>
        State.Allocations.Values.LongCount(a => a.VlanId == vlanId && (within is not { } range || range.Contains(a.MacAddress)));

    public MacRange? FindLowestFree(int vlanId) => First(ListFree(vlanId));

    public MacRange? FindFree(int vlanId, MacAddress address) => First(ListFree(vlanId).Where(free => free.Contains(address)));

    public IReadOnlyList<MacRange> ListFree(int vlanId) => [.. State.Free.Where(f => f.VlanId == vlanId).Select(f => f.Range).OrderBy(r => r.First)];

    public HeldDownAddress? FindLongestHeldDown(int vlanId) => ListHeldDown(vlanId).Where(r => r.HeldDownUntil <= Now).OrderBy(r => r.ReleasedAt).ThenBy(r => r.Address).FirstOrDefault();

    public HeldDownAddress? FindHeldDown(MacAddress address) => State.HeldDown.GetValueOrDefault(address);

    public IReadOnlyList<HeldDownAddress> ListHeldDown(int vlanId) => [.. State.HeldDown.Values.Where(r => r.VlanId == vlanId)];

    public MacReservation? FindReservation(MacRange range) => ListReservations().FirstOrDefault(reservation => reservation.Range.Overlaps(range));

    public IReadOnlyList<MacReservation> ListReservations(int? vlanId = null) =>
        [.. State.Reservations.Values.Where(reservation => vlanId is null || reservation.VlanId == vlanId)];

    public IReadOnlyList<HeldDownAddress> ListReservedHeldDown(MacRange range) => [.. State.ReservedHeldDown.Values.Where(released => range.Contains(released.Address))];

    public IReadOnlyList<MacPolicy> ListPolicies(int? vlanId = null) =>
        [.. State.Policies.Values.Where(p => vlanId is null || p.VlanId == vlanId).OrderBy(p => p.VlanId).ThenBy(p => p.Order)];

    public MacPolicy? FindPolicy(long policyId) => State.Policies.GetValueOrDefault(policyId);

    public MacPolicy? FindPolicyByOrder(int vlanId, int order) => ListPolicies(vlanId).FirstOrDefault(p => p.Order == order);

    public MacPolicy? FindSamePolicy(int vlanId, MacPattern source, MacPattern destination, PolicyAction action) =>
        ListPolicies(vlanId).FirstOrDefault(p => p.SourceAddress == source && p.DestinationAddress == destination && p.Action == action);

    public int? FindLastOrder(int vlanId) => ListPolicies(vlanId) is [.., var last] ? last.Order : null;

    public IReadOnlyList<MacAuditEvent> ListAuditEvents(AuditQuery query) => 
    [
        .. State.Audit
            .Where(entry => entry.Time >= (query.Since ?? default) && entry.AuditId > query.After && (query.Action ?? entry.Action) == entry.Action && (query.VlanId ?? entry.VlanId) == entry.VlanId)
            .TakeLast(query.Oldest is null ? query.Newest ?? int.MaxValue : int.MaxValue)
            .Take(query.Oldest ?? int.MaxValue),
    ];

    public void InsertVlan(MacVlan vlan) => State = State with { Vlans = State.Vlans.Add(vlan.VlanId, vlan) };

    public void UpdateVlan(MacVlan vlan) => State = State with { Vlans = State.Vlans.SetItem(vlan.VlanId, vlan) };

    public void DeleteVlan(int vlanId) => State = State with
    {
        Vlans = State.Vlans.Remove(vlanId),
        Free = State.Free.RemoveAll(f => f.VlanId == vlanId),
        HeldDown = State.HeldDown.RemoveRange(State.HeldDown.Values.Where(r => r.VlanId == vlanId).Select(r => r.Address)),
        Reservations = State.Reservations.RemoveRange(ListReservations(vlanId).Select(r => r.Range.First)),
        ReservedHeldDown = State.ReservedHeldDown.RemoveRange(State.ReservedHeldDown.Values.Where(r => r.VlanId == vlanId).Select(r => r.Address)),
        Allocations = State.Allocations.RemoveRange(State.Allocations.Values.Where(a => a.VlanId == vlanId).Select(a => a.MacAddress)),
        Policies = State.Policies.RemoveRange(State.Policies.Values.Where(p => p.VlanId == vlanId).Select(p => p.PolicyId)),
        Interfaces = State.Interfaces.RemoveRange(ListInterfaces(vlanId).Select(i => i.InterfaceId)),
        Handles = State.Handles.RemoveRange(State.Handles.Values.Where(h => h.VlanId == vlanId).Select(h => h.HandleId)),
        Blocks = State.Blocks.RemoveRange(State.Blocks.Values.Where(b => b.VlanId == vlanId).Select(b => b.BlockId)),
        Uses = State.Uses.RemoveAll(use => State.Interfaces[use.InterfaceId].VlanId == vlanId),
        TriggerHolds = State.TriggerHolds.RemoveAll(hold => FindInterface(hold.Interface)?.VlanId == vlanId),
        Sessions = State.Sessions.RemoveRange(State.Sessions.Values.Where(session => session.VlanId == vlanId).Select(session => session.Name)),
        Instances = State.Instances.RemoveRange(ListInstances().Where(instance => instance.VlanId == vlanId).Select(instance => instance.InterfaceId)),
        ProfileRules = State.ProfileRules.RemoveRange(State.ProfileRules.Values.Where(rule => rule.Session is { } session && FindSession(session)?.VlanId == vlanId).Select(rule => rule.RuleId)),
        Partitions = State.Partitions.SetItems(State.Partitions.Select(partition => KeyValuePair.Create(
            partition.Key, partition.Value with { Policy = [.. partition.Value.Policy.Where(policy => policy.Peer.VlanId != vlanId)] }))),
    };

    public void InsertFree(int vlanId, MacRange interval) => State = State with { Free = State.Free.Add(new VlanRange(vlanId, interval)) };

    public void DeleteFree(int vlanId, MacRange interval)
    {
        int index = State.Free.IndexOf(new VlanRange(vlanId, interval));
        State = State with { Free = State.Free.RemoveAt(index) };
    }

    public void InsertAllocation(MacAllocation allocation) => State = State with { Allocations = State.Allocations.Add(allocation.MacAddress, allocation) };

    public void DeleteAllocation(MacAddress address) => State = State with { Allocations = State.Allocations.Remove(address) };

    public void InsertHeldDown(HeldDownAddress heldDown) => State = State with { HeldDown = State.HeldDown.Add(heldDown.Address, heldDown) };

    public void DeleteHeldDown(MacAddress address) => State = State with { HeldDown = State.HeldDown.Remove(address) };

    public void DeleteHeldDownIn(int vlanId, MacRange range) => State = State with
    {
        HeldDown = State.HeldDown.RemoveRange(State.HeldDown.Values.Where(r => r.VlanId == vlanId && range.Contains(r.Address)).Select(r => r.Address)),
    };

    public void InsertReservation(MacReservation reservation) => State = State with { Reservations = State.Reservations.Add(reservation.Range.First, reservation) };

    public void UpdateReservation(MacReservation reservation) => State = State with { Reservations = State.Reservations.SetItem(reservation.Range.First, reservation) };

    public void DeleteReservation(MacAddress first) => State = State with { Reservations = State.Reservations.Remove(first) };

    public void InsertReservedHeldDown(HeldDownAddress heldDown) => State = State with { ReservedHeldDown = State.ReservedHeldDown.Add(heldDown.Address, heldDown) };

    public void DeleteReservedHeldDown(MacAddress address) => State = State with { ReservedHeldDown = State.ReservedHeldDown.Remove(address) };

    public void ReserveHeldDown(int vlanId, MacRange range)
    {
        foreach (var released in ListHeldDown(vlanId).Where(released => range.Contains(released.Address)))
        {
            DeleteHeldDown(released.Address);
            InsertReservedHeldDown(released);
        }
    }

    public void ReleaseReservedHeldDown(int vlanId, MacRange range)
    {
        foreach (var released in ListReservedHeldDown(range))
        {
            DeleteReservedHeldDown(released.Address);
            InsertHeldDown(released);
        }
    }

    public MacPolicy InsertPolicy(MacPolicy policy)
    {
        var stored = policy with { PolicyId = State.LastPolicyId + 1 };
        State = State with { Policies = State.Policies.Add(stored.PolicyId, stored), LastPolicyId = stored.PolicyId };
        return stored;
    }

    public void UpdatePolicy(MacPolicy policy) => State = State with { Policies = State.Policies.SetItem(policy.PolicyId, policy) };

    public void DeletePolicy(MacPolicy policy) => State = State with { Policies = State.Policies.Remove(policy.PolicyId) };

    public void AppendAudit(AuditEntry entry) => State = State with
    {
        Audit = State.Audit.Add(new MacAuditEvent
        {
            AuditId = State.Audit.Count + 1,
            Time = now,
            User = "tester",
            HostName = "here",
            Process = "test/1",
            Action = entry.Action,
            VlanId = entry.VlanId,
            Subject = entry.Subject,
            Detail = entry.Detail,
            Revision = Revision + 1,
            Reason = Reason ?? string.Empty,
        }),
    };

    private static T? First<T>(IEnumerable<T> items)
        where T : struct
    {
        foreach (var item in items)
        {
            return item;
        }

        return null;
    }
}
