using MacSegmentation.Lab.Network;

namespace MacSegmentation.Lab;

/// <summary>What one pair of hosts does does not delay another pair at the same switch.</summary>
public sealed class NeighborTests
{
    private const int Pings = 100;

    /// <summary>Milliseconds. A switch whose ports wait for each other's links is far above it, one whose ports do not far below.</summary>
    private const double FarAbove = 10;

    /// <summary>The link to one host takes 1 Mbit/s, and ten times as much is sent to it.</summary>
    [Fact]
    public void A_slow_link_delays_its_own_port_only()
    {
        using var network = new SwitchedNetwork();
        var (from, slow, here, there) = (network.AddHost("from", "10.0.0.11/24"), network.AddHost("slow", "10.0.0.12/24"), network.AddHost("here", "10.0.0.13/24"), network.AddHost("there", "10.0.0.14/24"));
        network.Start();
        Assert.Equal((3, 3), (from.Ping(slow.Address), here.Ping(there.Address)));
        network.Shape(slow, "1mbit");
        using (from.Start("ping", "-q", "-i", "0.001", "-s", "1400", slow.Address))
        {
            Deadline.Await("the link is full", () => network.Statistics(slow).FramesNotSent > 100);
            var trips = here.Namespace.Ping(there.Address, Pings, waitSeconds: 2, intervalSeconds: 0.01);
            Assert.Equal(Pings, trips.Count);
            Assert.InRange(trips.Average(), 0, FarAbove);
        }

        // And when the load has ended, the slow one is reached again.
        Deadline.Await("the slow link is free again", () => from.Ping(slow.Address, count: 1, waitSeconds: 1) == 1);
    }

    [Fact]
    public void A_flood_between_two_hosts_leaves_the_others_their_turn()
    {
        using var network = new SwitchedNetwork();
        var (from, to, here, there) = (network.AddHost("from", "10.0.0.11/24"), network.AddHost("to", "10.0.0.12/24"), network.AddHost("here", "10.0.0.13/24"), network.AddHost("there", "10.0.0.14/24"));
        network.Start();
        Assert.Equal((3, 3), (from.Ping(to.Address), here.Ping(there.Address)));
        using var load = from.Start("ping", "-q", "-f", to.Address);
        long before = network.Statistics(from).Counts.FramesIn;
        Deadline.Await("the flood", () => network.Statistics(from).Counts.FramesIn > before + 1_000);
        var trips = here.Namespace.Ping(there.Address, Pings, waitSeconds: 2, intervalSeconds: 0.01);
        Assert.Equal(Pings, trips.Count);
        Assert.InRange(trips.Average(), 0, FarAbove);
    }
}
