using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation.Flows;

public class FlowTableTests
{
    private const long Start = 1_000_000_000_000;

    private static readonly Gen<Step> Steps =
        from kind in Gen.Frequency([(4, Gen.Constant(StepKind.Add)), (4, Gen.Constant(StepKind.Find)), (1, Gen.Constant(StepKind.Remove)), (2, Gen.Constant(StepKind.Wait)), (1, Gen.Constant(StepKind.Sweep))])
        from key in Gen.Choose(0, 40)
        from amount in Gen.Choose(0, 30)
        select new Step(kind, key, amount);

    private enum StepKind
    {
        Add,
        Find,
        Remove,
        Wait,
        Sweep,
    }

    [Fact]
    public void The_table_holds_what_a_dictionary_with_a_clock_holds() => Holds(
        from capacity in Gen.Choose(1, 40)
        from seed in ArbMap.Default.GeneratorFor<ulong>()
        from steps in Gen.ListOf(Steps, 200)
        select (capacity, seed, steps),
        given =>
        {
            var table = new FlowTable(given.capacity, FlowSeed.From(given.seed));
            var model = new Dictionary<FlowKey, (long Expires, uint Epoch)>();
            long now = Start;
            long refused = 0;
            foreach (var step in given.steps)
            {
                var key = Key(step.Key);
                switch (step.Kind)
                {
                    case StepKind.Wait:
                        now += step.Amount;
                        foreach (var expired in model.Where(flow => flow.Value.Expires <= now).Select(flow => flow.Key).ToList())
                        {
                            model.Remove(expired);
                        }

                        break;
                    case StepKind.Find:
                        AssertHolds(table, model, step.Key, now);
                        break;
                    case StepKind.Sweep:
                        table.Sweep(step.Amount, now);
                        break;
                    case StepKind.Remove when table.Find(key, now) is >= 0 and int place:
                        table.Remove(place);
                        Assert.True(model.Remove(key));
                        break;
                    case StepKind.Add when table.Find(key, now) == FlowTable.None:
                        bool hasRoom = model.Count < given.capacity;
                        refused += hasRoom ? 0 : 1;
                        Assert.Equal(hasRoom, table.TryMakeRoom(1, now));
                        if (hasRoom)
                        {
                            ref var flow = ref table.Add(key);
                            flow.Expires = now + step.Amount;
                            flow.Epoch = (uint)(step.Amount * now);
                            model[key] = (flow.Expires, flow.Epoch);
                            if (step.Amount == 0)
                            {
                                model.Remove(key);
                            }
                        }

                        break;
                }

                // Only what is asked for is looked at, so that others expire unnoticed.
                Assert.Equal(refused, table.Refused);
                Assert.InRange(table.Count, model.Count, table.Capacity);
            }

            // A sweep over every place leaves what lives.
            table.Sweep(table.Capacity, now);
            Assert.Equal(model.Count, table.Count);
            for (int i = 0; i <= 40; i++)
            {
                AssertHolds(table, model, i, now);
            }
        });

    [Fact]
    public void A_large_table_fills_to_the_last_place_and_empties_by_sweeps()
    {
        const int Capacity = 5000;
        var table = new FlowTable(Capacity, FlowSeed.From(7));
        for (int i = 0; i < Capacity; i++)
        {
            Assert.True(table.TryMakeRoom(1, Start));
            table.Add(Key(i)).Expires = Start + 100 + (i % 50);
        }

        Assert.False(table.TryMakeRoom(1, Start));
        Assert.Equal((Capacity, 1L), (table.Count, table.Refused));
        for (int i = 0; i < Capacity; i++)
        {
            int place = table.Find(Key(i), Start);
            Assert.Equal(Start + 100 + (i % 50), table[place].Expires);
        }

        // Some have expired; each refusal looks at so many places that room is found before the whole table was looked at too often.
        long later = Start + 101;
        int tries = 1;
        for (; !table.TryMakeRoom(1, later); tries++)
        {
            Assert.InRange(tries, 1, 200);
        }

        for (int i = 0; i < Capacity / 100; i++)
        {
            table.Sweep(100, later + 50);
        }

        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void The_one_expired_flow_of_a_full_small_table_makes_room_at_once()
    {
        const int Capacity = 64;
        for (int expiring = 0; expiring < Capacity; expiring++)
        {
            var table = new FlowTable(Capacity, FlowSeed.From(7));
            for (int i = 0; i < Capacity; i++)
            {
                Assert.True(table.TryMakeRoom(1, Start));
                table.Add(Key(i)).Expires = Start + (i == expiring ? 1 : 100);
            }

            Assert.False(table.TryMakeRoom(1, Start));
            Assert.False(table.TryMakeRoom(2, Start + 1));
            Assert.True(table.TryMakeRoom(1, Start + 1));
        }
    }

    [Fact]
    public void Keys_that_differ_in_one_field_are_different_flows()
    {
        FlowKey[] keys =
        [
            new FlowKey(1, 2, 3, 4, 5, 6),
            new FlowKey(9, 2, 3, 4, 5, 6),
            new FlowKey(1, 9, 3, 4, 5, 6),
            new FlowKey(1, 2, 9, 4, 5, 6),
            new FlowKey(1, 2, new UInt128(9, 3), 4, 5, 6),
            new FlowKey(1, 2, 3, 9, 5, 6),
            new FlowKey(1, 2, 3, 4, 9, 6),
            new FlowKey(1, 2, 3, 4, new UInt128(9, 5), 6),
            new FlowKey(1, 2, 3, 4, 5, 9),
            new FlowKey(1, 2, 5, 6, 3, 4),
        ];
        var table = new FlowTable(keys.Length, FlowSeed.From(1));
        foreach (var key in keys)
        {
            Assert.Equal(FlowTable.None, table.Find(key, Start));
            Assert.True(table.TryMakeRoom(1, Start));
            table.Add(key).Expires = long.MaxValue;
        }

        Assert.Equal(keys.Length, keys.Select(key => table.Find(key, Start)).Distinct().Count());
        Assert.Equal(keys.Length, keys.Select(key => key.Hash(FlowSeed.From(1))).Distinct().Count());
    }

    [Fact]
    public void The_seed_decides_which_flows_share_a_bucket()
    {
        var one = FlowSeed.From(1);
        var other = FlowSeed.From(2);
        var colliding = Enumerable.Range(0, 50_000).Where(i => (Key(i).Hash(one) & 0xFFF) == 0).ToList();
        Assert.InRange(colliding.Count, 1, 40);
        Assert.NotEqual(colliding, Enumerable.Range(0, 50_000).Where(i => (Key(i).Hash(other) & 0xFFF) == 0));
        Assert.NotEqual(Key(1).Hash(FlowSeed.Random()), Key(1).Hash(FlowSeed.Random()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FlowTable.MaximumCapacity + 1)]
    public void A_capacity_out_of_range_is_refused(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowTable(capacity, FlowSeed.From(1)));

    private static void Holds<T>(Gen<T> cases, Action<T> property) => Prop.ForAll(cases.ToArbitrary(), property).QuickCheckThrowOnFailure();

    private static FlowKey Key(int i) => new(1, 10, (UInt128)0xFFFF_0A00_0001, (uint)i, (UInt128)0xFFFF_0A00_0002, 80);

    private static void AssertHolds(FlowTable table, Dictionary<FlowKey, (long Expires, uint Epoch)> model, int i, long now)
    {
        int place = table.Find(Key(i), now);
        Assert.Equal(model.ContainsKey(Key(i)), place != FlowTable.None);
        if (place != FlowTable.None)
        {
            Assert.Equal(model[Key(i)], (table[place].Expires, table[place].Epoch));
        }
    }

    private sealed record Step(StepKind Kind, int Key, int Amount);
}
