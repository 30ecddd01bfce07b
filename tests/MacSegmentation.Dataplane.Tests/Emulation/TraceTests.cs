using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Allocations;
using MacSegmentation.Profiles;
using MacSegmentation.Units;
using static MacSegmentation.Emulation.LinkBench;

namespace MacSegmentation.Emulation;

/// <summary>Recordings that are replayed, to the nanosecond: against the formula, and against loops that know nothing of events.</summary>
public class TraceTests
{
    /// <summary>Of 1,504 octets of Mahimahi a frame of 1,514 takes one delivery, at its millisecond; the recording begins anew at its last time.</summary>
    [Fact]
    public void A_full_frame_leaves_with_each_delivery()
    {
        var bench = new LinkBench(LinkProfile.None with { Trace = LinkTrace.Read("2\n2\n5\n10\n") });
        for (int i = 0; i < 7; i++)
        {
            bench.Send(0, i, length: 1514);
        }

        bench.RunOut();
        Assert.Equal([(2, 0), (2, 1), (5, 2), (10, 3), (12, 4), (12, 5), (15, 6)], bench.Left.Select(one => (one.Time / Millisecond, one.Number)));
    }

    /// <summary>What a delivery leaves goes to the next frames that wait, and what is begun in one goes on in the next; when nothing waits it is lost.</summary>
    [Fact]
    public void A_delivery_is_shared_and_lost()
    {
        var bench = new LinkBench(LinkProfile.None with { Trace = LinkTrace.Read("1\n2\n3\n4\n") });
        foreach (int length in (int[])[762, 762, 1010, 1010, 1010])
        {
            bench.Send(0, bench.Queue.Count, length);
        }

        bench.RunOut();
        Assert.Equal([1, 1, 2, 3, 3], bench.Left.Select(one => one.Time / Millisecond));
        bench.Send(7 * Millisecond, 9, 1514);
        bench.RunOut();
        Assert.Equal(8, bench.Left[^1].Time / Millisecond);
    }

    [Fact]
    public void After_a_recording_that_is_replayed_once_the_profiles_own_values_hold()
    {
        var link = Link("8mbit", burst: 1000, latency: 5);
        var deliveries = new LinkBench(link with { Trace = LinkTrace.Read("2\n4\n", isOnce: true) });
        var rows = new LinkBench(link with { Trace = LinkTrace.Read("time,delay\n0,20ms\n0.002,30ms\n", isOnce: true) });
        for (int i = 0; i < 4; i++)
        {
            deliveries.Send(0, i, length: 1000);
            rows.Send((i * 2 * Millisecond) + 1, i, length: 1000);
        }

        deliveries.RunOut();
        rows.RunOut();

        // Two deliveries of 1504 carry three frames of 990 and begin no fourth; then the bucket is full.
        Assert.Equal([(7, 0), (9, 1), (9, 2), (9, 3)], deliveries.Left.Select(one => (one.Time / Millisecond, one.Number)));

        // Order is kept when the delay falls: nothing arrives before what was sent earlier.
        Assert.Equal([20, 32, 32, 32], rows.Left.Select(one => one.Time / Millisecond));
    }

    /// <summary>Nothing passes at 0, however full the bucket is; what waits then leaves at the rate of the next row, and to the bit nothing is lost or won by the change.</summary>
    [Fact]
    public void An_outage_holds_all_back()
    {
        var bench = new LinkBench(LinkProfile.None with { Burst = 1000, Trace = LinkTrace.Read("time,rate\n0,8mbit\n10ms,0\n30ms,4mbit\n40ms,8mbit") });
        for (int i = 0; i < 20; i++)
        {
            bench.Send(0, i, length: 1000);
        }

        bench.RunOut();
        Assert.Equal([.. Enumerable.Range(0, 10), 30, 32, 34, 36, 38, 40, 41, 42, 43, 44], bench.Left.Select(one => (int)((one.Time + (Millisecond / 2)) / Millisecond)));
    }

    [Fact]
    public void Loss_follows_its_rows()
    {
        var bench = new LinkBench(LinkProfile.None with { Trace = LinkTrace.Read("time,loss\n0,0%\n1s,100%\n2s,0%") });
        for (int i = 0; i < 60; i++)
        {
            bench.Send(i * 100 * Millisecond, i);
        }

        bench.RunOut();
        Assert.Equal(Enumerable.Range(0, 60).Where(i => i % 30 is < 10 or >= 20), bench.Left.Select(one => one.Number));
    }

    /// <summary>Rows of bandwidth and delay against a loop in exact fractions that walks through time row by row.</summary>
    [Fact]
    public void Rows_are_what_a_plain_loop_says()
    {
        int compared = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var trace = Rows(random);
            long burst = random.Next(2) == 0 ? 1514 : 10_000;
            var bench = new LinkBench(LinkProfile.None with { Burst = burst, QueueLimit = 100_000, Trace = trace });
            var frames = new List<(long Time, int Length)>();
            long now = 0;
            for (int i = 0; i < 100; i++)
            {
                now += random.Next(5) == 0 ? random.NextInt64(3_000_000_000) : random.NextInt64(3_000_000);
                frames.Add((now, random.Next(60, 1515)));
                bench.Send(now, i, frames[^1].Length);

                // When somebody looks is of no account.
                if (random.Next(2) == 0)
                {
                    bench.Run(now += random.NextInt64(1_000_000));
                }
            }

            bench.RunOut();
            var plain = PlainRows(trace, burst, frames);
            Assert.Equal(100, bench.Left.Count);
            for (int i = 0; i < 100; i++)
            {
                Assert.Equal(i, bench.Left[i].Number);
                Assert.InRange((double)bench.Left[i].Time, plain[i] - 50, plain[i] + 50);
                compared++;
            }
        }));
        Assert.Equal(30_000, compared);
    }

    /// <summary>Deliveries against a loop that goes through them one by one, as the paper describes it.</summary>
    [Fact]
    public void Deliveries_are_what_a_plain_loop_says()
    {
        int partial = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            int[] times = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(0, 300)).Append(random.Next(1, 301)).Order()];
            var bench = new LinkBench(LinkProfile.None with { QueueLimit = 100_000, Trace = LinkTrace.Read(string.Join('\n', times)) });
            var frames = new List<(long Time, int Length)>();
            long now = 0;
            for (int i = 0; i < 150; i++)
            {
                now += random.Next(6) == 0 ? random.NextInt64(2_000_000_000) : random.NextInt64(8_000_000);
                frames.Add((now, random.Next(60, 3000)));
                bench.Send(now, i, frames[^1].Length);
            }

            bench.RunOut();
            Assert.Equal(PlainDeliveries(times, frames, ref partial), bench.Left.Select(one => one.Time));
        }));
        Assert.True(partial > 100, $"{partial}");
    }

    /// <summary>A profile that is changed around its recording has it go on, if it is told when that began.</summary>
    [Fact]
    public void A_recording_goes_on_when_its_profile_changes()
    {
        var link = LinkProfile.None with { Trace = LinkTrace.Read("time,delay\n0,10ms\n1s,20ms\n2s,30ms") };
        var bench = new LinkBench(link);
        bench.Send(0, 0);
        bench.Run(1_500 * Millisecond);
        bench.Emulator.Use(link with { DuplicateRate = Percentage.All }, SchedulingClass.FirstIn, marksCongestion: true, 1_500 * Millisecond, traceBeganAt: 0);
        bench.Send(1_500 * Millisecond, 1);
        bench.Run(5_900 * Millisecond);
        bench.Emulator.Use(link, SchedulingClass.FirstIn, marksCongestion: true, 5_900 * Millisecond);
        bench.Send(5_900 * Millisecond, 2);
        bench.RunOut();
        Assert.Equal([(10, 0), (1_520, 1), (1_520, 1), (5_910, 2)], bench.Left.Select(one => (one.Time / Millisecond, one.Number)));
    }

    [Theory]
    [InlineData("1\n1\n2\n3\n5\n8\n13\n21\n")]
    [InlineData("time,rate,delay,loss\n0,100mbit,10ms,1%\n3ms,50mbit,20ms,0%\n5ms,0,5ms,0%\n6ms,200mbit,15ms,0.5%")]
    public void No_frame_allocates(string file)
    {
        var emulator = new LinkEmulator(1);
        var queue = new Queues.FrameQueue(emulator, 10_000, 64 << 20, buffers: null, EmulationReasons.EmulationFull);
        emulator.Use(LinkProfile.None with { Trace = LinkTrace.Read(file) }, SchedulingClass.FirstIn, marksCongestion: true, now: 0);
        byte[] bytes = Frames.BuiltFrames.All.Last(frame => frame.Length > 1000);
        Assert.Equal(0, Allocation.OfEach(pass =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                long now = (((long)pass * 20_000) + i) * 500_000;
                queue.Offer(new Frames.Frame(bytes, bytes.Length, now), now);
                while (queue.NextDue <= now && (queue.TryTake(now, out _) || queue.NextDue <= now))
                {
                }
            }
        }));
    }

    internal static LinkTrace Rows(Random random)
    {
        int count = random.Next(1, 8);
        var (text, time) = ("time,rate,delay\n", 0);
        for (int i = 0; i < count; i++)
        {
            string rate = i > 0 && random.Next(4) == 0 ? "0" : $"{random.Next(64_000, 20_000_000)}";
            text += $"{time}ms,{rate},{random.Next(0, 100)}ms\n";
            time += random.Next(1, 400);
        }

        return LinkTrace.Read(text);
    }

    /// <summary>A bucket of bits that fills at the rate of the row and from which each frame takes its own when they are there; the delay is that of the row in which it left.</summary>
    private static double[] PlainRows(LinkTrace trace, long burst, List<(long Time, int Length)> frames)
    {
        var steps = trace.GetSteps();
        double duration = trace.Duration.TotalNanoseconds;
        double Begin(long row) => (Math.Floor((double)row / steps.Length) * duration) + steps[(int)(row % steps.Length)].At.TotalNanoseconds;

        double[] arrivals = new double[frames.Count];
        var (row, time, tokens, latest) = (0L, 0.0, burst * 8.0, 0.0);
        for (int i = 0; i < frames.Count; i++)
        {
            double need = Math.Min(frames[i].Length, burst) * 8.0;
            double from = Math.Max(frames[i].Time, time);
            while (true)
            {
                double perNanosecond = steps[(int)(row % steps.Length)].Bandwidth!.Value.BitsPerSecond / 1e9;
                double end = Begin(row + 1);
                double ready = perNanosecond == 0 ? double.PositiveInfinity : tokens >= need - 1e-6 ? time : time + ((need - tokens) / perNanosecond);
                double leaves = Math.Max(ready, from);
                double until = Math.Min(leaves, end);
                tokens = Math.Min(tokens + ((until - time) * perNanosecond), burst * 8.0);
                time = until;
                if (leaves < end)
                {
                    break;
                }

                row++;
            }

            tokens -= frames[i].Length * 8.0;
            latest = Math.Max(latest, time + steps[(int)(row % steps.Length)].Latency!.Value.TotalNanoseconds);
            arrivals[i] = latest;
        }

        return arrivals;
    }

    private static List<long> PlainDeliveries(int[] times, List<(long Time, int Length)> frames, ref int partial)
    {
        var left = new List<long>();
        var waiting = new Queue<int>();
        int rest = 0;
        int next = 0;
        for (long lap = 0; left.Count < frames.Count; lap++)
        {
            foreach (int time in times)
            {
                long now = ((lap * times[^1]) + time) * Millisecond;
                for (; next < frames.Count && frames[next].Time < now; next++)
                {
                    waiting.Enqueue(frames[next].Length - 10);
                }

                for (int octets = 1504; octets > 0 && (rest > 0 || waiting.TryDequeue(out rest));)
                {
                    int sent = Math.Min(octets, rest);
                    (octets, rest) = (octets - sent, rest - sent);
                    if (rest == 0)
                    {
                        left.Add(now);
                    }
                    else
                    {
                        partial++;
                    }
                }
            }
        }

        return left;
    }
}
