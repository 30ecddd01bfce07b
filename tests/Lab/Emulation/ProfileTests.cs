using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.Emulation;

/// <summary>Profiles of the store at the ports of a running switch, between real stacks: given, changed, and taken off at run time.</summary>
public sealed class ProfileTests
{
    private const int Pings = 40;

    /// <summary>Milliseconds.</summary>
    private const double Latency = 40;

    [Fact]
    public void A_record_s_profile_holds_at_run_time_for_its_port_alone()
    {
        using var network = new SwitchedNetwork();
        var (student, other, here, there) = (network.AddHost("student", "10.0.0.11/24"), network.AddHost("other", "10.0.0.12/24"), network.AddHost("here", "10.0.0.13/24"), network.AddHost("there", "10.0.0.14/24"));
        network.Change(writer =>
        {
            ProfileCatalog.Create(writer, new MacProfile { Name = "far", Ingress = new() { Latency = TimeSpan.FromMilliseconds(Latency) } });
            ProfileCatalog.Create(writer, new MacProfile { Name = "dead", Ingress = new() { LossRate = Percentage.All } });
            return 0;
        });
        network.Start();
        Assert.Equal((3, 3), (other.Ping(student.Address), here.Ping(there.Address)));

        Use(network, student, "far");
        var far = Trips(other, student);
        Assert.Equal(Pings, far.Count);
        Assert.All(far, trip => Assert.InRange(trip, Latency - 0.1, double.MaxValue));

        // No neighbour of it notices.
        Assert.InRange(Trips(here, there).Average(), 0, Latency / 2);

        // Another one while the machine talks; then none.
        Use(network, student, "dead");
        Assert.Empty(other.Namespace.Ping(student.Address, 3, waitSeconds: 1, intervalSeconds: 0.05));
        Assert.Equal(Pings, Trips(here, there).Count);
        Use(network, student, string.Empty);
        var plain = Trips(other, student);
        Assert.Equal(Pings, plain.Count);
        Assert.InRange(plain.Order().ElementAt(Pings / 2), 0, Latency / 2);
    }

    [Fact]
    public void A_changed_profile_holds_where_it_is_in_use()
    {
        using var network = new SwitchedNetwork();
        var (student, other) = (network.AddHost("student", "10.0.0.11/24"), network.AddHost("other", "10.0.0.12/24"));
        network.Change(writer => ProfileCatalog.Create(writer, new MacProfile { Name = "line", Egress = new() { Latency = TimeSpan.FromMilliseconds(1) } }));
        network.Start();
        Use(network, student, "line");
        Assert.Equal(3, other.Ping(student.Address));
        network.Change(writer => ProfileCatalog.Change(writer, "line", profile => profile with { Egress = new() { Latency = TimeSpan.FromMilliseconds(Latency) } }));
        network.AwaitNewestTable();
        Assert.All(Trips(other, student), trip => Assert.InRange(trip, Latency - 0.1, double.MaxValue));
    }

    private static IReadOnlyList<double> Trips(Host from, Host to) => from.Namespace.Ping(to.Address, Pings, waitSeconds: 2, intervalSeconds: 0.01);

    private static void Use(SwitchedNetwork network, Host host, string profile)
    {
        network.Change(writer => InterfaceCatalog.Change(writer, host.Name, new InterfaceChange { Profile = profile }));
        network.AwaitNewestTable();
    }
}
