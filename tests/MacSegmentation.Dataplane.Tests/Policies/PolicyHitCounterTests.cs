using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

public class PolicyHitCounterTests
{
    /// <summary>Tables of arbitrary policies in two VLANs come and go, and frames hit them: each policy has the frames since it was last added.</summary>
    [Fact]
    public void A_policy_has_the_frames_since_it_was_added() => Prop.ForAll(
        (from tables in Gen.ListOf(
             from first in Gen.SubListOf(Enumerable.Range(1, 8))
             from second in Gen.SubListOf(Enumerable.Range(101, 200))
             from hits in Gen.ListOf(Gen.Choose(0, 300))
             select (First: first.ToArray(), Second: second.ToArray(), Hits: hits.ToArray()))
         select tables).ToArbitrary(),
        tables =>
        {
            var counter = new PolicyHitCounter();
            var expected = new Dictionary<long, long>();
            DecisionTable? before = null;
            foreach (var (first, second, hits) in tables)
            {
                var kept = before?.Vlans.FirstOrDefault(vlan => vlan.VlanId == 2);
                var vlan2 = kept is not null && kept.Policies.Length == second.Length && Ids(kept).SequenceEqual(second.Select(number => (long)number)) ? kept : Vlan(2, second);
                var table = DecisionTable.Compile(new ConfigurationSnapshot(1, [Vlan(1, first), vlan2]), PolicyAction.Allow, before);
                counter.Prepare(table)();
                long[] ids = [.. table.Vlans.SelectMany(Ids)];
                expected = ids.ToDictionary(id => id, id => expected.GetValueOrDefault(id));
                foreach (int hit in hits.Where(_ => ids.Length > 0))
                {
                    counter.Count(hit % ids.Length);
                    expected[ids[hit % ids.Length]]++;
                }

                Assert.Equal(ids.Select(id => expected[id]), counter.ReadAll());
                before = table;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_prepared_and_never_put_in_force_changes_nothing()
    {
        var counter = new PolicyHitCounter();
        counter.Prepare(DecisionTable.Compile(new ConfigurationSnapshot(1, [Vlan(1, [1, 2])])))();
        counter.Count(1);
        _ = counter.Prepare(DecisionTable.Compile(new ConfigurationSnapshot(2, [Vlan(1, [3])])));
        counter.Count(1);
        Assert.Equal([0L, 2], counter.ReadAll());
    }

    /// <summary>A million policies of which a thousand are hit, at each of 64 places that count.</summary>
    [Fact]
    public void Memory_follows_the_policies_that_are_hit()
    {
        var table = DecisionTable.Compile(new ConfigurationSnapshot(1, [Vlan(1, [.. Enumerable.Range(1, 1_000_000)])]));
        var counter = new PolicyHitCounter();
        counter.Prepare(table)();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            counter.Count(i * 997);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(1_000, counter.ReadAll().Sum());
    }

    private static long[] Ids(VlanPolicies vlan) => [.. vlan.Policies.ToArray().Select(policy => policy.PolicyId)];

    private static VlanPolicies Vlan(int id, int[] numbers) => new(id, PolicyAction.Allow, [.. numbers.Select(number => Policy(id, number))]);

    private static MacPolicy Policy(int vlan, int number) => new()
    {
        PolicyId = number,
        VlanId = vlan,
        Order = number,
        SourceAddress = MacPattern.Any,
        DestinationAddress = MacPattern.Any,
        Action = PolicyAction.Allow,
    };
}
