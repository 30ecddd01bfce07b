using MacSegmentation.Profiles;
using MacSegmentation.Units;
using static MacSegmentation.Emulation.LinkBench;

namespace MacSegmentation.Emulation;

/// <summary>A bandwidth is a token bucket, exactly; what waits for it is bounded, and leaves in the sequence that is asked for.</summary>
public class BandwidthTests
{
    /// <summary>3,000 octets at once, then one of 1,000 each 8 ms; after a pause the same again.</summary>
    [Fact]
    public void Frames_leave_when_the_bucket_has_their_octets()
    {
        var bench = new LinkBench(Link("1mbit", burst: 3000));
        for (int round = 0; round < 3; round++)
        {
            long begin = round * 10 * Second;
            bench.Left.Clear();
            for (int i = 0; i < 100; i++)
            {
                Assert.Equal(i < 3 ? "Passed" : "Held", bench.Send(begin, i));
            }

            bench.Run(begin + (9 * Second));
            Assert.Equal(Enumerable.Range(0, 100).Select(i => (begin + (Math.Max(i - 2, 0) * 8 * Millisecond), i)), bench.Left);
        }
    }

    /// <summary>A rate that no frame's time is a whole number of nanoseconds at: the parts are not lost.</summary>
    [Theory]
    [InlineData(64_001)]
    [InlineData(7_777_777)]
    [InlineData(999_999_937)]
    [InlineData(39_999_999_979)]
    public void No_rate_is_off_by_its_rounding(long rate)
    {
        const int Frames = 20_000;
        var bench = new LinkBench(new LinkProfile { Bandwidth = new BitRate(rate), Burst = 1514, QueueLimit = Frames });
        var random = new Random(1);
        decimal octets = -1514;
        for (int i = 0; i < Frames; i++)
        {
            int length = random.Next(60, 1515);
            octets += length;
            bench.Send(now: 0, i, length);
        }

        bench.RunOut();
        decimal exact = octets * 8_000_000_000 / rate;
        Assert.InRange(bench.Left[^1].Time - exact, -3, 3);
    }

    /// <summary>It is paid for afterwards.</summary>
    [Fact]
    public void A_frame_longer_than_the_bucket_leaves_when_that_is_full()
    {
        var bench = new LinkBench(Link("8mbit", burst: 500));
        bench.Send(0, 0);
        bench.Send(0, 1);
        bench.Send(0, 2, length: 500);
        bench.RunOut();
        Assert.Equal([(0L, 0), (1 * Millisecond, 1), (2 * Millisecond, 2)], bench.Left);
    }

    /// <summary>Ten wait, the others are given up; each time again when there is room.</summary>
    [Fact]
    public void A_limit_of_frames_is_met_and_left_again_and_again()
    {
        var bench = new LinkBench(Link("1mbit", burst: 1000) with { QueueLimit = 10 });
        for (int round = 0; round < 5; round++)
        {
            string[] outcomes = [.. Enumerable.Range(0, 20).Select(i => bench.Send(round * Second, i))];
            Assert.Equal([.. Enumerable.Repeat("Passed", 1), .. Enumerable.Repeat("Held", 10), .. Enumerable.Repeat("EmulatedQueueFull", 9)], outcomes);
            Assert.Equal("Held", bench.Send((round * Second) + (8 * Millisecond), 20));
            Assert.Equal("EmulatedQueueFull", bench.Send((round * Second) + (8 * Millisecond), 21));
        }

        bench.RunOut();
        Assert.Equal((60, 50L), (bench.Left.Count, bench.GivenUp("EmulatedQueueFull")));
    }

    [Fact]
    public void A_limit_of_time_gives_up_what_would_wait_longer_or_marks_it()
    {
        var link = Link("1mbit", burst: 1000) with { QueueTime = TimeSpan.FromMilliseconds(24), EcnMarking = true };
        var bench = new LinkBench(link);
        Assert.Equal(["Passed", "Held", "Held", "Held", "Held", "EmulatedQueueTime", "EmulatedQueueTime"], Enumerable.Range(0, 7).Select(i => bench.Send(0, i)));
        Assert.Equal("Held", bench.Send(0, 7, ecn: 1));
        bench.RunOut();
        Assert.Equal([0, 0, 0, 0, 0, 3], bench.Codes);
        Assert.Equal(1, bench.Queue.Meter.Marked);
    }

    /// <summary>A flow that sends now and then beside one that floods: in turn it hardly waits, behind the other it does.</summary>
    [Theory]
    [InlineData(QueueManagement.FqCoDel, 0, 3)]
    [InlineData(QueueManagement.TailDrop, 700, 900)]
    public void A_neighbour_does_not_suffer_from_a_flood_where_flows_have_turns(QueueManagement management, double least, double most)
    {
        var bench = new LinkBench(Link("10mbit") with { QueueManagement = management });
        var sent = new List<(long Time, int Number)>();
        for (int i = 0; i < 10_000; i++)
        {
            long now = i * Millisecond / 2;
            bench.Send(now, i, flow: 1);
            if (i % 100 == 99 && bench.Send(now, 1_000_000 + i, length: 100, flow: 2) is "Held" or "Passed")
            {
                sent.Add((now, 1_000_000 + i));
            }
        }

        bench.RunOut();
        var left = bench.Left.ToDictionary(one => one.Number, one => one.Time);
        double worst = sent.Where(one => left.ContainsKey(one.Number)).Max(one => left[one.Number] - one.Time) / (double)Millisecond;
        Assert.InRange(worst, least, most);
        if (management == QueueManagement.FqCoDel)
        {
            Assert.Equal(100, sent.Count(one => left.ContainsKey(one.Number)));
            Assert.True(bench.GivenUp("CoDel") > 0);
        }
    }

    /// <summary>The flood pays where the queue is full, not the neighbour.</summary>
    [Fact]
    public void The_largest_flow_pays_for_a_full_queue()
    {
        var bench = new LinkBench(Link("1mbit", burst: 1000) with { QueueManagement = QueueManagement.FqCoDel, QueueLimit = 20 });
        for (int i = 0; i < 100; i++)
        {
            Assert.NotEqual("EmulatedQueueFull", bench.Send(0, i, flow: i % 10 == 9 ? 2 : 1));
        }

        Assert.InRange(bench.Emulator.QueueDepth, 10, 20);
        bench.RunOut();
        Assert.True(bench.Left.Count(one => one.Number % 10 == 9) >= 8);
        Assert.True(bench.GivenUp("EmulatedQueueFull") >= 79 - 20);
    }

    /// <summary>The low class saturates the link from 10 Mbit/s up; the high one waits for one frame at most.</summary>
    [Theory]
    [InlineData("10mbit")]
    [InlineData("100mbit")]
    [InlineData("1gbit")]
    public void A_higher_class_waits_for_one_frame_at_most(string rate)
    {
        var bench = new LinkBench(Link(rate, burst: 1514), scheduling: SchedulingClass.Strict);
        long frameTime = 1514 * 8 * Second / BitRate.Parse(rate).BitsPerSecond;
        var sent = new Dictionary<int, long>();
        for (int i = 0; i < 5_000; i++)
        {
            long now = i * frameTime / 2;
            bench.Send(now, i, length: 1514, priority: 1);
            if (i % 50 == 7)
            {
                bench.Send(now, 1_000_000 + i, length: 200, priority: 5);
                sent.Add(1_000_000 + i, now);
            }
        }

        bench.RunOut();
        long[] waits = [.. bench.Left.Where(one => one.Number >= 1_000_000).Select(one => one.Time - sent[one.Number])];
        Assert.Equal(100, waits.Length);
        Assert.InRange(waits.Max(), 0, frameTime + 1);
        Assert.True(bench.GivenUp("EmulatedQueueFull") > 0);
    }

    /// <summary>Classes 7 and 3 have 8 and 4 shares; class 1 is a neighbour with its two.</summary>
    [Fact]
    public void Classes_have_turns_by_their_weight()
    {
        var bench = new LinkBench(Link("10mbit", burst: 1514) with { QueueLimit = 100_000 }, scheduling: SchedulingClass.Weighted);
        for (int i = 0; i < 9_000; i++)
        {
            bench.Send(0, i, length: 1000, priority: (i % 3) switch { 0 => 7, 1 => 3, _ => 0 });
        }

        bench.Run(2 * Second);
        int[] shares = [.. Enumerable.Range(0, 3).Select(one => bench.Left.Count(frame => frame.Number % 3 == one))];
        double sum = shares.Sum();
        Assert.InRange(shares[0] / sum, (8 / 14.0) - 0.01, (8 / 14.0) + 0.01);
        Assert.InRange(shares[1] / sum, (4 / 14.0) - 0.01, (4 / 14.0) + 0.01);
        Assert.InRange(shares[2] / sum, (2 / 14.0) - 0.01, (2 / 14.0) + 0.01);
    }
}
