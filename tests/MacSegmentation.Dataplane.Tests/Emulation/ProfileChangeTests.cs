using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Allocations;
using MacSegmentation.Profiles;
using MacSegmentation.Units;
using static MacSegmentation.Emulation.LinkBench;

namespace MacSegmentation.Emulation;

/// <summary>Whatever a profile says and however it changes: nothing is lost that is not counted, and nothing overtaken unless that is asked for.</summary>
public class ProfileChangeTests
{
    private const int Flows = 4;

    private static readonly Gen<LinkProfile> AnyLink =
        from bandwidth in Gen.Elements<long?>(null, 64_000, 1_000_000, 10_000_000, 1_000_000_000)
        from burst in Gen.Elements(0L, 64, 1514, 100_000)
        from latency in Gen.Choose(0, 200)
        from jitter in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 50)))
        from distribution in Gen.Elements(Enum.GetValues<JitterDistribution>())
        from shares in Gen.ArrayOf(Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 300_000))), 5)
        from bursts in Gen.Elements(null, new BurstLoss(new Percentage(20_000), new Percentage(250_000), Percentage.All, default))
        from limits in Gen.Two(Gen.Elements(1, 5, 50, 1000))
        from management in Gen.Elements(Enum.GetValues<QueueManagement>())
        from flags in Gen.ArrayOf(Gen.Elements(true, false, false), 3)
        from trace in Gen.Frequency((2, Gen.Constant<LinkTrace?>(null)), (1, Gen.Choose(0, 1000).Select(seed => (LinkTrace?)TraceTests.Rows(new Random(seed)))), (1, Gen.Elements<LinkTrace?>(LinkTrace.Read("1\n1\n3\n"), LinkTrace.Read("5\n20\n", isOnce: true))))
        select new LinkProfile
        {
            Bandwidth = bandwidth is { } bits ? new BitRate(bits) : null,
            Burst = burst,
            Latency = TimeSpan.FromMilliseconds(latency),
            Jitter = TimeSpan.FromMilliseconds(jitter),
            Distribution = distribution,
            JitterBound = JitterBound.Truncate,
            JitterCorrelation = new Percentage(shares[0]),
            LossRate = new Percentage(shares[1]),
            DuplicateRate = new Percentage(shares[2]),
            CorruptRate = new Percentage(shares[3]),
            ReorderRate = new Percentage(flags[0] ? shares[4] : 0),
            Reorder = flags[1],
            BurstLoss = bursts,
            QueueLimit = limits.Item1,
            QueueTime = flags[2] ? TimeSpan.FromMilliseconds(limits.Item2) : TimeSpan.Zero,
            QueueManagement = management,
            EcnMarking = flags[2],
            Trace = trace,
        };

    private static readonly Gen<(LinkProfile[] Links, SchedulingClass[] Classes, int Seed)> AnyRun =
        from links in AnyLink.ArrayOf(3)
        from classes in Gen.Elements(Enum.GetValues<SchedulingClass>()).ArrayOf(3)
        from seed in Gen.Choose(0, int.MaxValue)
        select (links, classes, seed);

    [Fact]
    public void Every_frame_is_counted_and_flows_keep_their_sequence()
    {
        var (kept, dropped, changedInLoad) = (0, 0L, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(600), Prop.ForAll(AnyRun.ToArbitrary(), run =>
        {
            var bench = Run(run.Links, run.Classes, run.Seed, ref changedInLoad);
            bool reorders = Array.Exists(run.Links, link => link.Reorder || link.ReorderRate.PartsPerMillion > 0);
            for (int flow = 0; flow < Flows && !reorders; flow++)
            {
                int[] numbers = [.. bench.Left.Where(one => one.Number % Flows == flow).Select(one => one.Number)];
                Assert.Equal(numbers.Order(), numbers);
                kept++;
            }

            Assert.Equal(bench.Left.OrderBy(one => one.Time), bench.Left);
            dropped += bench.Queue.Meter.FramesIn - bench.Queue.Meter.FramesOut;
            int again = 0;
            Assert.Equal(bench.Left, Run(run.Links, run.Classes, run.Seed, ref again).Left);
        }));
        Assert.True(kept > 200 && dropped > 1_000 && changedInLoad > 200, $"{kept} {dropped} {changedInLoad}");
    }

    /// <summary>From a slow link with tail drop to a faster one with flow queues and classes, and to none: all that waited leaves, in its sequence.</summary>
    [Fact]
    public void What_waits_goes_on_by_the_next_profile()
    {
        var bench = new LinkBench(Link("1mbit", burst: 1000));
        for (int i = 0; i < 101; i++)
        {
            bench.Send(0, i, flow: i % 4, priority: i % 4);
        }

        bench.Use(Link("10mbit", burst: 1000) with { QueueManagement = QueueManagement.FqCoDel }, now: 80 * Millisecond, SchedulingClass.Strict);
        Assert.Equal(11, bench.Left.Count);
        bench.Run(100 * Millisecond);
        Assert.InRange(bench.Left.Count, 35, 37);
        bench.Use(LinkProfile.None, now: 100 * Millisecond);
        bench.Run(100 * Millisecond);
        Assert.Equal((101, 0), (bench.Left.Count, bench.Queue.Count));
        for (int flow = 0; flow < 4; flow++)
        {
            int[] numbers = [.. bench.Left.Where(one => one.Number % 4 == flow).Select(one => one.Number)];
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    /// <summary>The port's memory is met by what is on its way, and left again and again.</summary>
    [Fact]
    public void Memory_is_bounded()
    {
        var emulator = new LinkEmulator(1);
        var queue = new Queues.FrameQueue(emulator, capacity: 100, maxOctets: 50_000, buffers: null, EmulationReasons.EmulationFull);
        emulator.Use(Link(latency: 100), SchedulingClass.FirstIn, marksCongestion: false, now: 0);
        for (int round = 0; round < 4; round++)
        {
            long now = round * Second;
            for (int i = 0; i < 60; i++)
            {
                Assert.Equal(i < 50 ? Queues.QueueOutcome.Held : Queues.QueueOutcome.GivenUp, queue.Offer(new Frames.Frame(new byte[1000], 1000, i), now));
            }

            Assert.Equal(EmulationReasons.EmulationFull, queue.Refusal);
            Assert.Equal(50, queue.Count);
            for (int i = 0; i < 50; i++)
            {
                Assert.True(queue.TryTake(now + (100 * Millisecond), out var frame));
                Assert.Equal(i, frame.ArrivalTime);
            }
        }
    }

    [Theory]
    [InlineData(QueueManagement.TailDrop, SchedulingClass.FirstIn)]
    [InlineData(QueueManagement.CoDel, SchedulingClass.Strict)]
    [InlineData(QueueManagement.FqCoDel, SchedulingClass.Weighted)]
    public void No_frame_allocates(QueueManagement management, SchedulingClass scheduling)
    {
        var link = Link("100mbit", latency: 20, jitter: 5) with { QueueManagement = management, LossRate = new Percentage(10_000), DuplicateRate = new Percentage(10_000), EcnMarking = true };
        var emulator = new LinkEmulator(1);
        var queue = new Queues.FrameQueue(emulator, 10_000, 64 << 20, buffers: null, EmulationReasons.EmulationFull);
        emulator.Use(link, scheduling, marksCongestion: true, now: 0);
        byte[] bytes = Frames.BuiltFrames.All.Last(frame => frame.Length > 1000);
        Assert.Equal(0, Allocation.OfEach(pass =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                long now = (((long)pass * 20_000) + i) * 80_000;
                queue.Offer(new Frames.Frame(bytes, bytes.Length, now), now, new Queues.QueuedFrame { Priority = (byte)(i % 8) });
                while (queue.NextDue <= now && (queue.TryTake(now, out _) || queue.NextDue <= now))
                {
                }
            }
        }));
    }

    private static LinkBench Run(LinkProfile[] links, SchedulingClass[] classes, int seed, ref int changedInLoad)
    {
        var random = new Random(seed);
        var bench = new LinkBench(links[0], (ulong)seed, classes[0]);
        long now = 0;
        for (int i = 0; i < 300; i++)
        {
            now += random.Next(4) == 0 ? random.Next(20_000_000) : random.Next(200_000);
            if (i % 100 == 99)
            {
                changedInLoad += bench.Queue.Count > 0 ? 1 : 0;
                bench.Use(links[i / 100], now, classes[i / 100]);
                bench.Run(now);
            }

            bench.Send(now, i, random.Next(60, 1515), flow: i % Flows, priority: i % Flows, ecn: i % Flows == 3 ? 2 : 0);
            bench.AssertConserved();
        }

        bench.RunOut();
        return bench;
    }
}
