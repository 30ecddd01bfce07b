using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Profiles;
using MacSegmentation.Queues;
using MacSegmentation.Units;

namespace MacSegmentation.Emulation;

/// <summary>One direction of a profile on a clock that the test moves: frames are numbers, and what leaves is a list of times and numbers.</summary>
internal sealed class LinkBench
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    /// <summary>Place of the type of service in the frames.</summary>
    private const int TypeOfService = 15;

    private readonly Dictionary<(int Length, int Flow, int Ecn), byte[]> frames = [];

    public LinkBench(LinkProfile link, ulong seed = 1, SchedulingClass scheduling = SchedulingClass.FirstIn)
    {
        Emulator = new LinkEmulator(seed);
        Queue = new FrameQueue(Emulator, capacity: 200_000, maxOctets: 256 << 20, buffers: null, EmulationReasons.EmulationFull);
        Use(link, now: 0, scheduling);
    }

    public LinkEmulator Emulator { get; }

    public FrameQueue Queue { get; }

    /// <summary>What left: when, and which.</summary>
    public List<(long Time, int Number)> Left { get; } = [];

    /// <summary>The congestion code points of what left.</summary>
    public List<int> Codes { get; } = [];

    public static LinkProfile Link(string? bandwidth = null, long burst = 0, double latency = 0, double jitter = 0) => new()
    {
        Bandwidth = bandwidth is null ? null : BitRate.Parse(bandwidth),
        Burst = burst,
        Latency = TimeSpan.FromMilliseconds(latency),
        Jitter = TimeSpan.FromMilliseconds(jitter),
    };

    public void Use(LinkProfile link, long now, SchedulingClass scheduling = SchedulingClass.FirstIn)
    {
        Run(now);
        Emulator.Use(link, scheduling, marksCongestion: true, now);
    }

    /// <summary>Sends a frame.</summary>
    public string Send(long now, int number, int length = 1000, int flow = 0, int priority = 0, int ecn = 0)
    {
        Run(now);
        if (!frames.TryGetValue((length, flow, ecn), out byte[]? bytes))
        {
            bytes = new FrameBuilder(MacAddress.Parse("02:00:00:00:00:01"), MacAddress.Parse("02:00:00:00:00:02"))
                .Udp(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"), 4000 + flow, 5000, new byte[length - 42]);
            if (ecn != 0)
            {
                Assert.True(bytes[TypeOfService] == 0);
                Marking.CongestionMark.SetTrafficClass(bytes.AsSpan(14), isIPv4: true, 3, ecn);
            }

            frames.Add((length, flow, ecn), bytes);
        }

        var outcome = Queue.Offer(new Frame(bytes, length, timestamp: number), now, new QueuedFrame { Priority = (byte)priority });
        if (outcome == QueueOutcome.Passed)
        {
            Left.Add((now, number));
            Codes.Add(ecn);
        }

        return outcome == QueueOutcome.GivenUp ? Queue.Refusal!.Value.Name : outcome.ToString();
    }

    /// <summary>Time passes.</summary>
    public void Run(long until)
    {
        while (Queue.NextDue is var due && due <= until)
        {
            if (Queue.TryTake(due, out var frame))
            {
                Left.Add((due, (int)frame.ArrivalTime));
                Codes.Add(frame.Bytes[TypeOfService] & 3);
            }
        }
    }

    /// <summary>Time passes until nothing waits any more.</summary>
    public void RunOut()
    {
        Run(long.MaxValue - 1);
        Assert.Equal((0, long.MaxValue), (Queue.Count, Queue.NextDue));
        AssertConserved();
    }

    public long GivenUp(string reason) => Queue.Meter.GivenUp[Verdicts.VerdictReason.Find(reason)!.Value.Number];

    public void AssertConserved()
    {
        var meter = Queue.Meter;
        long givenUp = 0;
        foreach (long count in meter.GivenUp)
        {
            givenUp += count;
        }

        Assert.Equal(meter.FramesIn + meter.Duplicates, meter.FramesOut + givenUp + Queue.Count);
        Assert.Equal(meter.FramesOut, Left.Count);
    }
}
