using System.Net;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;
using MacSegmentation.Ports;
using MacSegmentation.Profiles;
using MacSegmentation.Queues;
using MacSegmentation.Units;

namespace MacSegmentation.Emulation;

/// <summary>A profile's link between real stacks: what ping and a receiver measure is what was asked for.</summary>
public sealed class EmulationTests
{
    private const int Pings = 300;

    /// <summary>Octets of an Ethernet frame without its FCS, as tc counts it.</summary>
    private const int FrameLength = 1514;

    /// <summary>Beside the latency itself, in milliseconds; the unloaded switch alone is taken off.</summary>
    private const double LatencyTolerance = 1;

    private const double RateTolerance = 0.02;

    private readonly ITestOutputHelper output;

    public EmulationTests(ITestOutputHelper output) => this.output = output;

    /// <summary>25 ms from the instance; the way back is as it is without a profile.</summary>
    [Fact]
    public void Ping_sees_the_latency_that_is_asked_for()
    {
        using var network = new SwitchedNetwork();
        var (far, other, near) = (network.AddHost("far", "10.0.0.11/24"), network.AddHost("other", "10.0.0.12/24"), network.AddHost("near", "10.0.0.13/24"));
        network.Start(port => IsOf(port, far) ? port with { IngressQueue = Queue(new LinkProfile { Latency = TimeSpan.FromMilliseconds(25) }) } : port);
        Assert.Equal((3, 3), (other.Ping(far.Address), other.Ping(near.Address)));
        double[] plain = [.. other.Namespace.Ping(near.Address, Pings, waitSeconds: 2, intervalSeconds: 0.01).Order()];
        double[] delayed = [.. other.Namespace.Ping(far.Address, Pings, waitSeconds: 2, intervalSeconds: 0.01).Order()];
        Assert.Equal((Pings, Pings), (plain.Length, delayed.Length));
        output.WriteLine($"plain: p50 {plain[Pings / 2]:0.000} ms, p99 {plain[Pings * 99 / 100]:0.000} ms; 25 ms: p50 {delayed[Pings / 2]:0.000} ms, p99 {delayed[Pings * 99 / 100]:0.000} ms");
        Assert.InRange(delayed[0], 25, double.MaxValue);
        Assert.InRange(delayed[Pings / 2] - plain[Pings / 2], 25 - LatencyTolerance, 25 + LatencyTolerance);
    }

    /// <summary>At the receiver, over at least 500 full frames behind the burst.</summary>
    [Theory]
    [InlineData("1mbit", 520)]
    [InlineData("100mbit", 10_000)]
    public void A_receiver_sees_the_rate_that_is_asked_for(string rate, int frames)
    {
        using var network = new SwitchedNetwork();
        var (sender, receiver) = (network.AddHost("sender", "10.0.0.11/24"), network.AddHost("receiver", "10.0.0.12/24"));
        var link = new LinkProfile { Bandwidth = BitRate.Parse(rate), Burst = 15_140, QueueLimit = frames };
        var queue = Queue(link);
        network.Start(port => IsOf(port, receiver) ? port with { EgressQueue = queue } : port);
        Assert.Equal(3, sender.Ping(receiver.Address));
        byte[] frame = new FrameBuilder(sender.Mac, receiver.Mac).Udp(IPAddress.Parse(sender.Address), IPAddress.Parse(receiver.Address), 4000, 5000, new byte[FrameLength - 42]);
        using var listener = receiver.Listen();
        using var talker = sender.Talk();
        long sent = 0;

        // The queue is never empty, and no ring before it overflows.
        double seconds = frames * FrameLength * 8.0 / link.Bandwidth!.Value.BitsPerSecond;
        while (sent < frames)
        {
            sent += talker.Flood(frame, Math.Min(frames - sent, 128));
            Deadline.Await("room in the queue", () => queue.Count < 400, seconds + 20);
        }

        long[] Times() => [.. listener.Heard.Where(heard => heard.Length == FrameLength).Select(heard => heard.Timestamp)];
        Deadline.Await("the frames", () => Times().Length >= frames * 0.9, seconds + 20);
        long[] times = Times();
        const int Burst = 11;
        double measured = (times.Length - 1 - Burst) * FrameLength * 8.0 / ((times[^1] - times[Burst]) / 1e9);
        output.WriteLine($"asked {link.Bandwidth}, got {measured / 1e6:0.0000} mbit over {times.Length - 1 - Burst} frames");
        Assert.InRange(measured / link.Bandwidth.Value.BitsPerSecond, 1 - RateTolerance, 1 + RateTolerance);
    }

    private static bool IsOf(SwitchPortAssignment port, Host host) => string.Equals(port.Settings.MacInterface, host.Name, StringComparison.Ordinal);

    private static FrameQueue Queue(LinkProfile link)
    {
        var emulator = new LinkEmulator(seed: 1);
        var queue = new FrameQueue(emulator, EmulatedLink.MaxFrames, EmulatedLink.MaxOctets);
        emulator.Use(link, SchedulingClass.FirstIn, marksCongestion: true, now: 0);
        return queue;
    }
}
