using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

public sealed class DecisionTableTests
{
    private static readonly PolicyAction[] Actions = [PolicyAction.Allow, PolicyAction.Deny, PolicyAction.Drop];

    [Fact]
    public void The_table_decides_as_the_walk_over_the_list_does() => Property.Holds(
        from policies in PolicyLists(60)
        from frames in Gen.Zip(Generators.CrowdedAddress, Generators.CrowdedAddress).ArrayOf(60)
        from defaultAction in Gen.Elements(Actions)
        select (policies, frames, defaultAction),
        given =>
        {
            var vlan = new VlanPolicies(10, given.defaultAction, given.policies);
            var table = DecisionTable.Compile(new ConfigurationSnapshot(1, [vlan]));
            foreach (var (source, destination) in given.frames)
            {
                AssertDecidesLikeTheWalk(table, vlan, source, destination);
            }
        },
        count: 2000);

    [Fact]
    public void Large_tables_with_full_neighbourhoods_decide_as_the_walk_does()
    {
        // Consecutive and spread addresses, on either side: what crowds a hash table.
        var random = new Random(20261121);
        var policies = new MacPolicy[6000];
        for (int i = 0; i < policies.Length; i++)
        {
            policies[i] = new MacPolicy
            {
                VlanId = 7,
                Order = i + 1,
                SourceAddress = (i % 4) switch
                {
                    0 => MacPattern.Exactly(new MacAddress(0x001A_2B00_0000 + (ulong)i)),
                    1 => MacPattern.Exactly(new MacAddress((ulong)i << 24)),
                    2 => new MacPattern(new MacAddress((ulong)i << 20), 28),
                    _ => MacPattern.Any,
                },
                DestinationAddress = i % 8 < 4 ? MacPattern.Exactly(new MacAddress((ulong)(i % 500) << 16)) : new MacPattern(new MacAddress((ulong)i << 8), 40),
                Action = Actions[i % 3],
            };
        }

        var vlan = new VlanPolicies(7, PolicyAction.Deny, policies);
        var table = DecisionTable.Compile(new ConfigurationSnapshot(1, [vlan]));
        for (int i = 0; i < 4000; i++)
        {
            var one = policies[random.Next(policies.Length)];
            var other = policies[random.Next(policies.Length)];
            AssertDecidesLikeTheWalk(table, vlan, new MacAddress(one.SourceAddress.Value), new MacAddress(one.DestinationAddress.Value));
            AssertDecidesLikeTheWalk(table, vlan, new MacAddress(one.SourceAddress.Value), new MacAddress(other.DestinationAddress.Value));
            AssertDecidesLikeTheWalk(table, vlan, new MacAddress((ulong)random.NextInt64(1L << 48)), new MacAddress(other.DestinationAddress.Value));
        }
    }

    [Fact]
    public void Each_VLAN_has_its_own_list_and_others_are_unknown() => Property.Holds(
        from lists in PolicyLists(12).ArrayOf(3)
        from source in Generators.CrowdedAddress
        from destination in Generators.CrowdedAddress
        from unknown in Gen.Elements(Actions)
        select (lists, source, destination, unknown),
        given =>
        {
            var vlans = given.lists.Select((policies, i) => new VlanPolicies((i * 2000) + 1, Actions[i], [.. policies.Select(p => p with { VlanId = (i * 2000) + 1 })])).ToImmutableArray();
            var table = DecisionTable.Compile(new ConfigurationSnapshot(1, vlans), given.unknown);
            foreach (var vlan in vlans)
            {
                AssertDecidesLikeTheWalk(table, vlan, given.source, given.destination);
                Assert.True(table.Knows(vlan.VlanId));
            }

            foreach (int vlanId in new[] { 0, 2, 4094, 4095 })
            {
                var verdict = table.Decide(vlanId, given.source.Value, given.destination.Value);
                Assert.Equal((given.unknown, VerdictReason.UnknownVlan, -1), (verdict.Action, verdict.Reason, verdict.PolicyIndex));
                Assert.False(table.Knows(vlanId));
            }
        });

    [Fact]
    public void Compiled_again_from_the_one_before_it_decides_as_compiled_from_nothing() => Property.Holds(
        from first in PolicyLists(20)
        from second in PolicyLists(20)
        from kept in PolicyLists(20)
        from frames in Gen.Zip(Generators.CrowdedAddress, Generators.CrowdedAddress).ArrayOf(30)
        select (first, second, kept, frames),
        given =>
        {
            var kept = new VlanPolicies(20, PolicyAction.Allow, [.. given.kept.Select(p => p with { VlanId = 20 })]);
            var before = DecisionTable.Compile(new ConfigurationSnapshot(1, [new VlanPolicies(10, PolicyAction.Allow, given.first), kept]));
            var snapshot = new ConfigurationSnapshot(2, [new VlanPolicies(10, PolicyAction.Allow, given.second), kept]);
            var again = DecisionTable.Compile(snapshot, PolicyAction.Allow, before);
            var fresh = DecisionTable.Compile(snapshot);
            Assert.Equal(2, again.Revision);
            foreach (var (source, destination) in given.frames)
            {
                foreach (int vlanId in new[] { 10, 20 })
                {
                    Assert.Equal(fresh.Decide(vlanId, source.Value, destination.Value), again.Decide(vlanId, source.Value, destination.Value));
                }
            }
        });

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var vlan = new VlanPolicies(10, PolicyAction.Allow, [Policy(1, "00:1a:2b:00:00:00/24", "*", PolicyAction.Deny), Policy(2, "*", "02:00:00:00:00:01", PolicyAction.Drop)]);
        var table = DecisionTable.Compile(new ConfigurationSnapshot(1, [vlan]));
        table.Decide(10, 1, 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ulong sum = 0;
        for (ulong i = 0; i < 1000; i++)
        {
            sum += (ulong)table.Decide(10, 0x001A_2B00_0000 + i, i).Action;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000UL, sum);
    }

    [Fact]
    public void A_list_out_of_order_is_refused() => Assert.Throws<ArgumentException>(
        () => new VlanPolicies(10, PolicyAction.Allow, [Policy(2, "*", "*", PolicyAction.Deny), Policy(1, "*", "*", PolicyAction.Allow)]));

    [Fact]
    public void A_test_tells_the_policy_and_why()
    {
        var vlan = new VlanPolicies(10, PolicyAction.Drop, [Policy(5, "00:1a:2b:00:00:00/24", "*", PolicyAction.Deny)]);
        var table = DecisionTable.Compile(new ConfigurationSnapshot(1, [vlan]));
        var denied = MacPolicyTest.Run(table, 10, MacAddress.Parse("00:1a:2b:00:00:01"), MacAddress.Broadcast);
        Assert.Equal((PolicyAction.Deny, VerdictReason.Policy.Name, 5), (denied.Action, denied.Reason, denied.Policy?.Order));
        Assert.False(denied.IsForwarded);
        Assert.Contains("The policy with order 5 of VLAN 10", denied.Explanation, StringComparison.Ordinal);

        var fallback = MacPolicyTest.Run(table, 10, MacAddress.Parse("00:1a:2c:00:00:01"), MacAddress.Broadcast);
        Assert.Equal((PolicyAction.Drop, VerdictReason.DefaultAction.Name), (fallback.Action, fallback.Reason));
        Assert.Null(fallback.Policy);
        Assert.Contains("default action is Drop", fallback.Explanation, StringComparison.Ordinal);

        var unknown = MacPolicyTest.Run(table, 11, default, MacAddress.Broadcast);
        Assert.Equal((PolicyAction.Allow, VerdictReason.UnknownVlan.Name), (unknown.Action, unknown.Reason));
        Assert.Equal("InvalidVlanId", Assert.Throws<Errors.MacSegmentationException>(() => MacPolicyTest.Run(table, 4095, default, default)).ErrorId);
    }

    private static MacPolicy Policy(int order, string source, string destination, PolicyAction action) => new()
    {
        VlanId = 10,
        Order = order,
        SourceAddress = MacPattern.Parse(source),
        DestinationAddress = MacPattern.Parse(destination),
        Action = action,
    };

    private static Gen<MacPolicy[]> PolicyLists(int most) =>
        from count in Gen.Choose(0, most)
        from matches in Gen.Zip(Generators.CrowdedPattern, Generators.CrowdedPattern).ArrayOf(count)
        from actions in Gen.Elements(Actions).ArrayOf(count)
        select matches.Select((match, i) => new MacPolicy
        {
            VlanId = 10,
            Order = (i * 3) + 1,
            SourceAddress = match.Item1,
            DestinationAddress = match.Item2,
            Action = actions[i],
        }).ToArray();

    private static void AssertDecidesLikeTheWalk(DecisionTable table, VlanPolicies vlan, MacAddress source, MacAddress destination)
    {
        int walked = vlan.FindByWalk(source, destination);
        var verdict = table.Decide(vlan.VlanId, source.Value, destination.Value);
        if (walked < 0)
        {
            Assert.Equal((vlan.DefaultAction, VerdictReason.DefaultAction, -1), (verdict.Action, verdict.Reason, verdict.PolicyIndex));
        }
        else
        {
            Assert.Equal((vlan.Policies[walked].Action, VerdictReason.Policy), (verdict.Action, verdict.Reason));
            Assert.Same(vlan.Policies[walked], table.Policies[verdict.PolicyIndex]);
        }
    }
}
