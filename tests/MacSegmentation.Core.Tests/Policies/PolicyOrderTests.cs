using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

/// <summary>The sequence of a list is what decides: a move is that of a list, and new numbers change nothing.</summary>
public sealed class PolicyOrderTests
{
    private static readonly PolicyAction[] Actions = [PolicyAction.Allow, PolicyAction.Deny, PolicyAction.Drop];
    private readonly ManualTime time = new();

    [Fact]
    public void New_numbers_change_no_verdict() => Property.Holds(
        from list in Lists
        from start in Gen.Choose(1, 100)
        from step in Gen.Choose(1, 100)
        from frames in Gen.Zip(Generators.CrowdedAddress, Generators.CrowdedAddress).ArrayOf(40)
        select (list, start, step, frames),
        given =>
        {
            var store = Filled(given.list);
            var before = DecisionTable.Compile(store.ReadSnapshot(), time: time.GetUtcNow());
            store.Write(w => PolicyList.ResetOrder(w, 10, given.start, given.step));
            var after = DecisionTable.Compile(store.ReadSnapshot(), time: time.GetUtcNow());
            Assert.Equal(before.Policies.ToArray().Select(policy => policy.PolicyId), after.Policies.ToArray().Select(policy => policy.PolicyId));
            Assert.Equal(Enumerable.Range(0, before.Policies.Length).Select(i => given.start + (i * given.step)), after.Policies.ToArray().Select(policy => policy.Order));
            foreach (var (source, destination) in given.frames)
            {
                Assert.Equal(before.Decide(10, source.Value, destination.Value), after.Decide(10, source.Value, destination.Value));
            }
        });

    [Fact]
    public void A_move_is_the_list_operation() => Property.Holds(
        from list in Lists.Where(list => list.Length > 0)
        from moving in Gen.Choose(0, list.Length - 1).ArrayOf(3)
        from several in Gen.Choose(1, 3)
        from beside in Gen.Choose(0, list.Length - 1)
        from kind in Gen.Choose(0, 3)
        select (list, moving: moving[..several].Distinct().ToArray(), beside, kind),
        given =>
        {
            var store = Filled(given.list);
            var before = store.Read(r => r.ListPolicies(10));
            long[] moving = [.. given.moving.Select(i => before[i].PolicyId)];
            var target = before[given.beside];
            if (given.kind < 2 && moving.Contains(target.PolicyId))
            {
                return;
            }

            var place = given.kind switch { 0 => PolicyPlace.Before(target.Order), 1 => PolicyPlace.After(target.Order), 2 => PolicyPlace.First, _ => PolicyPlace.Last };
            var expected = before.Select(policy => policy.PolicyId).Except(moving).ToList();
            expected.InsertRange(given.kind switch { 0 => expected.IndexOf(target.PolicyId), 1 => expected.IndexOf(target.PolicyId) + 1, 2 => 0, _ => expected.Count }, moving);
            var placed = store.Write(w => PolicyList.Move(w, moving, place));
            var after = store.Read(r => r.ListPolicies(10));
            Assert.Equal(expected, after.Select(policy => policy.PolicyId));
            Assert.Equal(moving.Select(id => after.Single(policy => policy.PolicyId == id)), placed.Select(one => one.Policy));
            Assert.All(after, policy => Assert.True(policy.Order > 0));

            // Who was not moved and did not have to make room keeps the number by which people know it.
            var shifted = placed.SelectMany(one => one.Shifted).Select(policy => policy.PolicyId).ToHashSet();
            Assert.All(before.Where(policy => !moving.Contains(policy.PolicyId) && !shifted.Contains(policy.PolicyId)), policy => Assert.Contains(policy, after));
        },
        count: 400);

    [Fact]
    public void A_policy_goes_between_two_and_those_shoulder_to_shoulder_make_room()
    {
        var store = Filled([]);
        Add(store, 1, null);
        Add(store, 2, null);
        Assert.Equal(15, Add(store, 3, PolicyPlace.Before(20)).Policy.Order);
        Assert.Equal(12, Add(store, 4, PolicyPlace.After(10)).Policy.Order);
        Add(store, 5, PolicyPlace.After(10));
        var tight = Add(store, 6, PolicyPlace.Before(12));
        Assert.Equal((12, 13), (tight.Policy.Order, Assert.Single(tight.Shifted).Order));
        Assert.Equal([10, 11, 12, 13, 15, 20], store.Read(r => r.ListPolicies(10)).Select(policy => policy.Order));
        Assert.Equal(30, Add(store, 7, PolicyPlace.Last).Policy.Order);
        Assert.Equal(5, Add(store, 8, PolicyPlace.First).Policy.Order);
        Fails("PolicyNotFound", store, w => PolicyList.Add(w, Policy(9), PolicyPlace.Before(14)));
    }

    [Fact]
    public void At_the_end_of_the_numbers_a_place_is_refused_and_a_reset_makes_room()
    {
        var store = Filled([]);
        store.Write(w => PolicyList.Add(w, Policy(1) with { Order = int.MaxValue - 1 }));
        store.Write(w => PolicyList.Add(w, Policy(2) with { Order = int.MaxValue }));
        Assert.Contains("Reset-MacPolicyOrder 10", Fails("PolicyListFull", store, w => PolicyList.Add(w, Policy(3), PolicyPlace.Before(int.MaxValue))).Message, StringComparison.Ordinal);
        Fails("PolicyListFull", store, w => PolicyList.Add(w, Policy(3), PolicyPlace.Last));
        Assert.Contains("at most 2147483646", Fails("InvalidPolicyOrder", store, w => PolicyList.ResetOrder(w, 10, 1, int.MaxValue)).Message, StringComparison.Ordinal);
        Fails("InvalidPolicyOrder", store, w => PolicyList.ResetOrder(w, 10, 0, 1));
        Fails("InvalidPolicyOrder", store, w => PolicyList.ResetOrder(w, 10, 1, 0));
        store.Write(w => PolicyList.ResetOrder(w, 10));
        Assert.Equal(15, Add(store, 3, PolicyPlace.Before(20)).Policy.Order);
        Assert.Equal(AuditAction.ResetPolicyOrder, store.Read(r => r.ListAuditEvents(new AuditQuery()))[^2].Action);
    }

    [Fact]
    public void Policies_of_two_vlans_are_not_moved_together()
    {
        var store = Filled([]);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 11 }));
        var one = Add(store, 1, null).Policy;
        var other = store.Write(w => PolicyList.Add(w, Policy(1) with { VlanId = 11 })).Policy;
        Fails("PolicyOfOtherVlan", store, w => PolicyList.Move(w, [one.PolicyId, other.PolicyId], PolicyPlace.First));
        Fails("PolicyNotFound", store, w => PolicyList.Move(w, [99], PolicyPlace.First));
        long revision = store.ReadRevision();
        store.Write(w => PolicyList.Move(w, [one.PolicyId], PolicyPlace.Last));
        Assert.Equal(revision, store.ReadRevision());
    }

    private static Gen<MacPolicy[]> Lists =>
        from count in Gen.Choose(0, 8)
        from matches in Gen.Zip(Generators.CrowdedPattern, Generators.CrowdedPattern).ArrayOf(count)
        from actions in Gen.Elements(Actions).ArrayOf(count)
        from gaps in Gen.Choose(1, 3).ArrayOf(count)
        select matches.Select((match, i) => Policy((ulong)i) with { Order = gaps.Take(i + 1).Sum(), SourceAddress = match.Item1, DestinationAddress = match.Item2, Action = actions[i] })
            .DistinctBy(policy => (policy.SourceAddress, policy.DestinationAddress, policy.Action)).Where(policy => !policy.SourceAddress.IsGroup).ToArray();

    private static MacPolicy Policy(ulong number) => new()
    {
        VlanId = 10,
        Order = 0,
        SourceAddress = MacPattern.Exactly(new MacAddress(0x0200_0000_0000 + number)),
        DestinationAddress = MacPattern.Any,
        Action = PolicyAction.Deny,
    };

    private InMemoryStore Filled(MacPolicy[] list)
    {
        var store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10 }));
        foreach (var policy in list)
        {
            store.Write(w => PolicyList.Add(w, policy));
        }

        return store;
    }

    private static PlacedPolicy Add(InMemoryStore store, ulong number, PolicyPlace? place) => store.Write(w => PolicyList.Add(w, Policy(number), place));

    private static MacSegmentationException Fails<T>(string errorId, InMemoryStore store, Func<IStoreWriter, T> change)
    {
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(() => store.Write(change));
        Assert.Equal((errorId, before), (error.ErrorId, store.ReadRevision()));
        return error;
    }
}
