using MacSegmentation.Profiles;
using static MacSegmentation.Emulation.LinkBench;

namespace MacSegmentation.Emulation;

/// <summary>Flows in turn are those of RFC 8290: beside its rules the same frames leave at the same times, with flows that flood, come and go, and send now and then.</summary>
public class FlowQueueTests
{
    /// <summary>1,000 octets at 2 Mbit/s.</summary>
    private const long FrameTime = 4 * Millisecond;

    private const int Flows = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Flows_leave_as_the_rules_say(int seed)
    {
        var random = new Random(seed);
        var bench = new LinkBench(Link("2mbit", burst: 1000) with { QueueManagement = QueueManagement.FqCoDel, QueueLimit = 100_000 });
        var (model, left) = (new PlainFqCoDel(), new List<(long, int)>());
        var (now, free) = (Second, 0L);
        for (int i = 0; i < 20_000; i++)
        {
            // Loads from 50 % to 200 %, each for some seconds. Flow 0 floods, 1 and 2 have half as much each, the others send now and then, alone for a while.
            now += (long)(FrameTime * (0.5 + (1.5 * ((i / 700 * 7 % 10) / 10.0))) * (0.5 + random.NextDouble()));
            int flow = random.Next(100) switch { < 50 => 0, < 70 => 1, < 90 => 2, _ => 3 + (i / 100 % (Flows - 3)) };
            Serve(model, left, ref free, now);
            model.Enqueue(flow, i, now, 1000);
            if (free <= now)
            {
                free = now;
                Serve(model, left, ref free, now);
            }

            bench.Send(now, i, flow: flow);
        }

        Serve(model, left, ref free, long.MaxValue);
        bench.RunOut();
        Assert.Equal(left, bench.Left);
        Assert.InRange(model.Dropped.Count, 100, 10_000);
        Assert.Equal(model.Dropped.Count, bench.GivenUp("CoDel"));
    }

    /// <summary>What can take a mark is marked where another one is given up, flow by flow.</summary>
    [Fact]
    public void A_flow_that_can_be_marked_loses_nothing_beside_one_that_cannot()
    {
        var bench = new LinkBench(Link("2mbit", burst: 1000) with { QueueManagement = QueueManagement.FqCoDel, EcnMarking = true, QueueLimit = 100_000 });
        for (int i = 0; i < 4_000; i++)
        {
            bench.Send(i * FrameTime / 2, i, flow: i % 2, ecn: i % 2 == 0 ? 2 : 0);
        }

        bench.RunOut();
        Assert.Equal(2_000, bench.Left.Count(one => one.Number % 2 == 0));
        Assert.Equal(2_000 - bench.GivenUp("CoDel"), bench.Left.Count(one => one.Number % 2 == 1));
        Assert.True(bench.GivenUp("CoDel") > 10);
        Assert.Equal(bench.Queue.Meter.Marked, bench.Codes.Count(code => code == 3));
        Assert.True(bench.Queue.Meter.Marked > 10);
    }

    /// <summary>A link that is ready asks for a frame, also where none waits.</summary>
    private static void Serve(PlainFqCoDel model, List<(long, int)> left, ref long free, long until)
    {
        while (free <= until && model.Dequeue(free) is { } sent)
        {
            left.Add((free, sent.Number));
            free += FrameTime;
        }
    }
}
