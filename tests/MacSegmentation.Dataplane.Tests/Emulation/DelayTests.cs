using MacSegmentation.Profiles;
using MacSegmentation.Units;
using static MacSegmentation.Emulation.LinkBench;

namespace MacSegmentation.Emulation;

/// <summary>Delays are exact; jitter has the distribution that is asked for and keeps the sequence, unless that is not asked for.</summary>
public class DelayTests
{
    [Fact]
    public void Each_frame_arrives_later_by_the_latency()
    {
        var bench = new LinkBench(Link(latency: 25));
        long[] times = [0, 1, 1, 700_000, 24_999_999, 25_000_000, 80_000_000];
        for (int i = 0; i < times.Length; i++)
        {
            Assert.Equal("Held", bench.Send(times[i], i));
        }

        bench.RunOut();
        Assert.Equal(times.Select((time, i) => (time + (25 * Millisecond), i)), bench.Left);
    }

    [Fact]
    public void A_delay_begins_where_the_bandwidth_ends()
    {
        var bench = new LinkBench(Link("1mbit", burst: 1000, latency: 100));
        for (int i = 0; i < 5; i++)
        {
            bench.Send(0, i);
        }

        bench.RunOut();
        Assert.Equal(Enumerable.Range(0, 5).Select(i => ((100 + (8L * i)) * Millisecond, i)), bench.Left);
    }

    /// <summary>Seldom enough that each delay is another draw, and often enough that many fall in one.</summary>
    [Theory]
    [InlineData(JitterDistribution.Uniform, 20, 2.887)]
    [InlineData(JitterDistribution.Normal, 20, 5)]
    [InlineData(JitterDistribution.Pareto, 22.5, 4.33)]
    public void Jitter_has_its_distribution(JitterDistribution distribution, double mean, double deviation)
    {
        var link = Link(latency: 20, jitter: 5) with { Distribution = distribution };
        foreach (bool reorders in new[] { false, true })
        {
            var bench = new LinkBench(link with { Reorder = reorders });
            const int Frames = 20_000;
            for (int i = 0; i < Frames; i++)
            {
                bench.Send(i * 500 * Millisecond, i);
            }

            bench.RunOut();
            double[] delays = [.. bench.Left.Select(one => (one.Time - (one.Number * 500 * Millisecond)) / (double)Millisecond)];
            Assert.InRange(delays.Average(), mean * 0.98, mean * 1.02);
            Assert.InRange(Math.Sqrt(delays.Average(delay => (delay - delays.Average()) * (delay - delays.Average()))), deviation * 0.9, deviation * 1.1);
            Assert.True(distribution == JitterDistribution.Normal || delays.Min() >= (distribution == JitterDistribution.Uniform ? 15 : 20));
        }
    }

    /// <summary>A hundred frames in the time of one value: held back by the slowest of independent draws, they would all be near the greatest delay.</summary>
    [Fact]
    public void Many_frames_do_not_drive_the_delay_up()
    {
        var bench = new LinkBench(Link(latency: 20, jitter: 5));
        const int Frames = 200_000;
        for (int i = 0; i < Frames; i++)
        {
            bench.Send(i * Millisecond / 2, i, length: 60);
        }

        bench.RunOut();
        Assert.Equal(Enumerable.Range(0, Frames), bench.Left.Select(one => one.Number));
        Assert.InRange(bench.Left.Average(one => (one.Time - (one.Number * Millisecond / 2)) / (double)Millisecond), 19.7, 20.5);
    }

    [Theory]
    [InlineData("0%", -0.05, 0.05)]
    [InlineData("80%", 0.74, 0.84)]
    public void A_delay_follows_from_the_one_before_as_far_as_asked(string correlation, double least, double most)
    {
        var bench = new LinkBench(Link(latency: 50, jitter: 5) with { Distribution = JitterDistribution.Normal, JitterCorrelation = Percentage.Parse(correlation), Reorder = true });
        for (int i = 0; i < 20_000; i++)
        {
            bench.Send(i * 200 * Millisecond, i);
        }

        bench.RunOut();
        double[] delays = [.. bench.Left.Select(one => (one.Time - (one.Number * 200 * Millisecond)) / (double)Millisecond - 50)];
        Assert.InRange(delays.Zip(delays.Skip(1), (one, next) => one * next).Average() / delays.Average(delay => delay * delay), least, most);
    }

    [Theory]
    [InlineData(JitterBound.Truncate, 0.45, 0.55)]
    [InlineData(JitterBound.Fold, 0, 0.01)]
    public void A_delay_below_zero_is_bounded(JitterBound bound, double least, double most)
    {
        var bench = new LinkBench(Link(latency: 0, jitter: 5) with { JitterBound = bound });
        for (int i = 0; i < 4_000; i++)
        {
            bench.Send(i * Second, i);
        }

        bench.RunOut();
        Assert.All(bench.Left, one => Assert.InRange(one.Time - (one.Number * Second), 0, 5 * Millisecond));
        Assert.InRange(bench.Left.Count(one => one.Time == one.Number * Second) / 4_000.0, least, most);
    }

    /// <summary>A quarter is sent at once and overtakes; the others keep their sequence among themselves.</summary>
    [Fact]
    public void What_is_reordered_overtakes_and_nothing_else()
    {
        var bench = new LinkBench(Link(latency: 10) with { ReorderRate = Percentage.Parse("25%") });
        for (int i = 0; i < 10_000; i++)
        {
            bench.Send(i * Millisecond, i);
        }

        bench.RunOut();
        var (ahead, late) = (bench.Left.Where(one => one.Time == one.Number * Millisecond).ToList(), bench.Left.Where(one => one.Time != one.Number * Millisecond).ToList());
        Assert.InRange(ahead.Count, 2_388, 2_612);
        Assert.All(late, one => Assert.Equal(10 * Millisecond, one.Time - (one.Number * Millisecond)));
        Assert.Equal(bench.Left, bench.Left.OrderBy(one => one.Time));
    }

    /// <summary>The shorter delay begins behind what is on its way with the longer one.</summary>
    [Fact]
    public void Another_delay_overtakes_nothing()
    {
        var bench = new LinkBench(Link(latency: 100));
        bench.Send(0, 0);
        bench.Use(Link(latency: 10), now: 1 * Millisecond);
        bench.Send(2 * Millisecond, 1);
        bench.Use(LinkProfile.None, now: 3 * Millisecond);
        Assert.Equal("Held", bench.Send(4 * Millisecond, 2));
        Assert.Equal("Passed", bench.Send(101 * Millisecond, 3));
        Assert.Equal([(100 * Millisecond, 0), (100 * Millisecond, 1), (100 * Millisecond, 2), (101 * Millisecond, 3)], bench.Left);
        Assert.True(bench.Emulator.IsIdle);
    }
}
