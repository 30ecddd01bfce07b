using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Policies;

namespace MacSegmentation.Switching;

public class PolicySlotsTests
{
    /// <summary>
    /// Tables of arbitrary policies come and a direction takes them up with arbitrary delay: no two policies ever count in one place while any
    /// table that knows one of them is in use, and a policy keeps its place as long as it is in every table.
    /// </summary>
    [Fact]
    public void No_place_serves_two_policies_at_once_and_a_policy_keeps_its_place()
    {
        var steps =
            from policies in Gen.SubListOf(Enumerable.Range(1, 8)).Select(numbers => numbers.ToArray())
            from lag in Gen.Choose(0, 3)
            select (Policies: policies, Lag: lag);
        Prop.ForAll(steps.ListOf().ToArbitrary(), list =>
        {
            var slots = new PolicySlots();
            var tables = new List<Dictionary<int, int>>();
            var reused = new List<int>();
            int inUse = 0;
            foreach ((int[] numbers, int lag) in list)
            {
                int epoch = tables.Count + 1;
                inUse = Math.Max(inUse, epoch - 1 - lag);
                reused.Clear();
                int[] assigned = slots.Assign([.. numbers.Select(Policy)], epoch, inUse, reused);
                var table = numbers.Zip(assigned).ToDictionary(pair => pair.First, pair => pair.Second);
                Assert.Equal(numbers.Length, assigned.Distinct().Count());
                Assert.All(assigned, slot => Assert.InRange(slot, 0, slots.Count - 1));
                foreach (var older in tables.Skip(Math.Max(inUse - 1, 0)))
                {
                    Assert.All(older, known => Assert.DoesNotContain(table, other => other.Value == known.Value && other.Key != known.Key));
                    Assert.DoesNotContain(reused, slot => older.ContainsValue(slot));
                }

                if (tables.Count > 0)
                {
                    Assert.All(tables[^1].Where(known => table.ContainsKey(known.Key)), known => Assert.Equal(known.Value, table[known.Key]));
                }

                tables.Add(table);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Policies_that_come_and_go_for_ever_need_no_more_places_than_are_in_use_at_once()
    {
        var slots = new PolicySlots();
        for (int epoch = 1; epoch < 10_000; epoch++)
        {
            slots.Assign([Policy(epoch), Policy(epoch + 1)], epoch, epoch - 1, []);
        }

        Assert.InRange(slots.Count, 2, 4);
    }

    private static MacPolicy Policy(int number) => new()
    {
        PolicyId = number,
        VlanId = 1,
        Order = number,
        SourceAddress = MacPattern.Any,
        DestinationAddress = MacPattern.Any,
        Action = PolicyAction.Allow,
    };
}
