using MacSegmentation.Profiles;
using static MacSegmentation.Emulation.LinkBench;

namespace MacSegmentation.Emulation;

/// <summary>Controlled delay is that of RFC 8289: beside its pseudo-code it gives up the same frames, at loads that come and go.</summary>
public class ControlledDelayTests
{
    /// <summary>1,000 octets at 2 Mbit/s.</summary>
    private const long FrameTime = 4 * Millisecond;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void It_gives_up_what_the_pseudo_code_gives_up(int seed)
    {
        var random = new Random(seed);
        var bench = new LinkBench(Link("2mbit", burst: 1000) with { QueueManagement = QueueManagement.CoDel, QueueLimit = 100_000 });
        var (model, left) = (new PlainCoDel(), new List<(long, int)>());
        var (now, free) = (Second, 0L);
        for (int i = 0; i < 20_000; i++)
        {
            // Loads from 50 % to 200 %, each for some seconds.
            now += (long)(FrameTime * (0.5 + (1.5 * ((i / 700 * 7 % 10) / 10.0))) * (0.5 + random.NextDouble()));
            Serve(model, left, ref free, now);
            if (model.Count == 0 && free <= now)
            {
                left.Add((now, i));
                free = now + FrameTime;
            }
            else
            {
                model.Enqueue(i, now, 1000);
            }

            bench.Send(now, i);
        }

        Serve(model, left, ref free, long.MaxValue);
        bench.RunOut();
        Assert.Equal(left, bench.Left);
        Assert.InRange(model.Dropped.Count, 100, 10_000);
        Assert.Equal(model.Dropped.Count, bench.GivenUp("CoDel"));
    }

    /// <summary>What can take a mark is marked, and nothing of it given up; its neighbour without one is given up.</summary>
    [Fact]
    public void What_can_be_marked_is_marked()
    {
        var link = Link("2mbit", burst: 1000) with { QueueManagement = QueueManagement.CoDel, EcnMarking = true, QueueLimit = 100_000 };
        var (able, other) = (new LinkBench(link), new LinkBench(link));
        for (int i = 0; i < 2_000; i++)
        {
            able.Send(i * FrameTime / 2, i, ecn: 2);
            other.Send(i * FrameTime / 2, i);
        }

        able.RunOut();
        other.RunOut();
        Assert.Equal((0L, 2_000), (able.GivenUp("CoDel"), able.Left.Count));
        Assert.Equal(able.Queue.Meter.Marked, able.Codes.Count(code => code == 3));
        Assert.True(able.Queue.Meter.Marked > 10);
        Assert.Equal((0L, true), (other.Queue.Meter.Marked, other.GivenUp("CoDel") > 10));
    }

    private static void Serve(PlainCoDel model, List<(long, int)> left, ref long free, long until)
    {
        while (model.Count > 0 && free <= until)
        {
            if (model.Dequeue(free) is { } sent)
            {
                left.Add((free, sent.Number));
                free += FrameTime;
            }
        }
    }
}
