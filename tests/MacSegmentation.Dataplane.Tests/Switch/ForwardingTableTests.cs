using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Forwarding;

namespace MacSegmentation.Switch;

public class ForwardingTableTests
{
    private const int Limit = 20;

    /// <summary>The table of so many addresses has 64 slots.</summary>
    private const int Shift = 58;

    private const long Second = 1_000_000_000;
    private const long Ageing = 10 * Second;

    private static readonly int[] LimitOfPort = [20, 9, 4, 20];

    /// <summary>Addresses whose search begins in one of the last slots or in the first: they push each other over the end.</summary>
    private static readonly ulong[] Colliding = [.. Keys().Where(key => AddressKey.Hash(key, Shift) is >= 61 or 0).Take(26)];

    private static readonly ulong[] Spread = [.. Keys().Take(26)];

    /// <summary>Learn, Lookup, Forget an address, Forget a port, Sweep: what, with which address, at which port, so many seconds later.</summary>
    private static readonly Gen<(int What, int Address, int Port, int Later)> Step =
        from what in Gen.Frequency((12, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Choose(3, 4)))
        from address in Gen.Choose(0, 25)
        from port in Gen.Choose(0, LimitOfPort.Length - 1)
        from later in Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Choose(1, 3)), (1, Gen.Elements(9, 10, 11, 25)))
        select (what, address, port, later);

    [Fact]
    public void Knows_what_a_list_would_know() => KnowsWhatAListWouldKnow(Spread);

    [Fact]
    public void Knows_what_a_list_would_know_when_all_addresses_collide_around_the_end() => KnowsWhatAListWouldKnow(Colliding);

    [Fact]
    public void A_full_table_takes_a_new_address_as_soon_as_an_old_one_has_aged()
    {
        var table = new ForwardingTable(limit: 32_768, Ageing, [16_384]);
        ulong[] keys = [.. Keys().Take(16_385)];
        for (int i = 0; i < 16_384; i++)
        {
            Assert.Equal(LearningOutcome.Learned, table.Learn(keys[i], 0, i % 2 * Second, out _));
        }

        // A full port does not make each of its frames a search of the whole table: it may take a second until there is room.
        Assert.Equal(LearningOutcome.PortFull, table.Learn(keys[^1], 0, Ageing, out _));
        Assert.Equal(LearningOutcome.PortFull, table.Learn(keys[^1], 0, Ageing + (Second / 2), out _));
        Assert.Equal(LearningOutcome.Learned, table.Learn(keys[^1], 0, Ageing + Second, out _));
        Assert.Equal(8193, table.Count);
    }

    [Fact]
    public void The_sweep_takes_out_what_has_aged_though_nobody_asks_for_it()
    {
        var table = new ForwardingTable(limit: 27, Ageing, LimitOfPort);
        foreach (ulong key in Colliding.Take(Limit))
        {
            table.Learn(key, 0, 0, out _);
        }

        table.Sweep(Ageing);
        table.Sweep(Ageing);
        Assert.Equal(Limit, table.Count);
        table.Sweep(Ageing + 1);
        table.Sweep(Ageing + 1);
        Assert.Equal((0, 0), (table.Count, table.CountOf(0)));
    }

    private static IEnumerable<ulong> Keys()
    {
        for (ulong address = 0x0200_0000_0001; ; address++)
        {
            yield return AddressKey.Of(10, address);
        }
    }

    private static void KnowsWhatAListWouldKnow(ulong[] keys) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Step.ArrayOf().Resize(300).ToArbitrary(), steps =>
    {
        var table = new ForwardingTable(Limit, Ageing, LimitOfPort, [true, false, false, true]);
        var model = new ForwardingModel(Limit, Ageing, LimitOfPort, uplinks: [0, 3]);
        long now = 0;
        foreach ((int what, int address, int port, int later) in steps)
        {
            now += later * Second;
            ulong key = keys[address];
            switch (what)
            {
                case 0:
                    Assert.Equal(model.Learn(key, port, now), table.Learn(key, port, now, out _));
                    break;
                case 1:
                    Assert.Equal(model.Lookup(key, now), table.Lookup(key, now));
                    break;
                case 2:
                    model.Forget(key);
                    table.Forget(key);
                    break;
                case 3:
                    model.Forget(port);
                    table.Forget(port);
                    break;
                default:
                    table.Sweep(now);
                    break;
            }

            model.LetAge(now);
            Assert.Equal(model.Known, table.List(now).OrderBy(known => known.Key));
            Assert.InRange(table.Count, model.Known.Count(), Limit);
            Assert.All(LimitOfPort.Index(), of => Assert.InRange(table.CountOf(of.Index), model.Known.Count(known => known.Port == of.Index), of.Item));
            Assert.Equal(table.Count, LimitOfPort.Index().Sum(of => table.CountOf(of.Index)));
        }
    }));
}
