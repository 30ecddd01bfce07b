using MacSegmentation.Lab.Network;
using MacSegmentation.Queues;

namespace MacSegmentation.Lab;

/// <summary>A port's frames wait in its queues as long as their discipline says, by the thread that waits for real adapters.</summary>
public sealed class QueueTests
{
    private const int Pings = 50;

    /// <summary>Milliseconds.</summary>
    private const double Delay = 20;

    /// <summary>Milliseconds. A frame that was released by nothing but the next look around would come later.</summary>
    private const double FarAbove = 15;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_port_that_delays_does_so_exactly_and_for_itself_only(bool isIngress)
    {
        using var network = new SwitchedNetwork();
        var (slow, other, here, there) = (network.AddHost("slow", "10.0.0.11/24"), network.AddHost("other", "10.0.0.12/24"), network.AddHost("here", "10.0.0.13/24"), network.AddHost("there", "10.0.0.14/24"));
        network.Start(port => !string.Equals(port.Settings.MacInterface, slow.Name, StringComparison.Ordinal) ? port
            : isIngress ? port with { IngressQueue = Queue() }
            : port with { EgressQueue = Queue() });
        Assert.Equal((3, 3), (other.Ping(slow.Address), here.Ping(there.Address)));
        var delayed = other.Namespace.Ping(slow.Address, Pings, waitSeconds: 2, intervalSeconds: 0.01);
        Assert.Equal(Pings, delayed.Count);
        Assert.All(delayed, trip => Assert.InRange(trip, Delay - 0.1, double.MaxValue));
        Assert.InRange(delayed.Average(), Delay, Delay + FarAbove);
        var trips = here.Namespace.Ping(there.Address, Pings, waitSeconds: 2, intervalSeconds: 0.01);
        Assert.Equal(Pings, trips.Count);
        Assert.InRange(trips.Average(), 0, FarAbove);
        Assert.Equal(0, network.Statistics(slow).Counts.FramesQueued);
    }

    private static FrameQueue Queue() => new(new DelayDiscipline(TimeSpan.FromMilliseconds(Delay)));
}
