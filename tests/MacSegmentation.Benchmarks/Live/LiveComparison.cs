using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Benchmarks.Files;
using MacSegmentation.Lab.Network;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Benchmarks.Live;

/// <summary>
/// <c>macseg enforce --interface p1 --interface p2</c> with 1,000 policies against <c>tcpbridge -i p1 -I p2</c>, which judges nothing:
/// whole processes between two hosts in network namespaces, on the same wires, under the same load, in turn.
/// </summary>
/// <remarks>
/// The load is one sender that sends as fast as one core can; the program has another core to itself. What arrives at host B in a
/// window of time, by the kernel's own count, is what a program delivers; what it did not deliver was lost in its receive ring. A
/// program that delivers all that is offered is faster than its figure says. The round trip is ping's, one at a time, wherever the
/// kernel places the processes: twice through the program, and once through each host.
/// </remarks>
internal sealed class LiveComparison : IComparison
{
    private const int Rounds = 7;
    private const int Policies = 1_000;
    private const int Pings = 300;
    private const double GoalOfThroughput = 2.5;
    private const double GoalOfRoundTrip = 0.1;
    private const string AddressOfB = "10.77.0.2";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly MacAddress MacOfA = MacAddress.Parse("02:00:00:00:00:0a");
    private static readonly MacAddress MacOfB = MacAddress.Parse("02:00:00:00:00:0b");

    public string Name => "live";

    public string Description => "frames through two veth pairs, and the round trip, against tcpbridge; needs root, two cores, ip, ping, taskset, tcpbridge";

    public void Run(string[] arguments)
    {
        string configuration = Path.GetTempFileName();
        using var hostA = new NetworkNamespace("bench-a");
        using var hostB = new NetworkNamespace("bench-b");
        using var middle = new NetworkNamespace("bench-middle");
        try
        {
            middle.Connect("p1", hostA, "a0");
            middle.Connect("p2", hostB, "b0");
            hostA.Ip("link", "set", "a0", "address", MacOfA.ToString());
            hostB.Ip("link", "set", "b0", "address", MacOfB.ToString());
            hostA.Ip("address", "add", "10.77.0.1/24", "dev", "a0");
            hostB.Ip("address", "add", AddressOfB + "/24", "dev", "b0");

            // Denials of hosts that send nothing: every frame is looked up among them and forwarded.
            var strangers = new CaptureWorkload(seed: 1, hosts: Policies).Addresses;
            File.WriteAllText(configuration, CaptureWorkload.ConfigurationOf(strangers, PolicyAction.Deny));

            foreach (int length in new[] { 64, 1514 })
            {
                var (theirs, ours) = InTurn(["taskset", "-c", "1"], () => Load(hostA, hostB, length));
                Console.WriteLine(
                    $"{length,5} octets: tcpbridge {Middle(theirs)}   macseg {Middle(ours)}   ratio {Ratio(theirs, ours, rate => rate.Delivered):F2} (goal: at least {GoalOfThroughput})");
            }

            var (theirTrips, ourTrips) = InTurn([], () => Median(hostA.Ping(AddressOfB, Pings, waitSeconds: 1, intervalSeconds: 0.005)));
            Console.WriteLine(
                $" round trip: tcpbridge {Median(theirTrips):F3} ms   macseg {Median(ourTrips):F3} ms   ratio {Ratio(theirTrips, ourTrips, trip => trip):F3} (goal: at most {GoalOfRoundTrip})");

            (List<T> Theirs, List<T> Ours) InTurn<T>(string[] placement, Func<T> measure)
            {
                var theirs = new List<T>();
                var ours = new List<T>();
                for (int round = 0; round < Rounds; round++)
                {
                    theirs.Add(Measure(Bridge.Tcpbridge(middle, placement), measure));
                    ours.Add(Measure(Bridge.Macseg(middle, placement, configuration), measure));
                }

                return (theirs, ours);
            }
        }
        finally
        {
            File.Delete(configuration);
        }
    }

    private static T Measure<T>(Bridge bridge, Func<T> measure)
    {
        using (bridge)
        {
            Thread.Sleep(Settling);
            bridge.RequireRunning();
            var figure = measure();
            bridge.RequireRunning();
            return figure;
        }
    }

    /// <summary>The median of the rounds' ratios: what disturbs the machine for longer than a round disturbs both sides of it.</summary>
    private static double Ratio<T>(List<T> theirs, List<T> ours, Func<T, double> figure) =>
        Median([.. theirs.Zip(ours, (their, our) => figure(our) / figure(their))]);

    private static Rate Load(NetworkNamespace hostA, NetworkNamespace hostB, int length)
    {
        using var generator = new Generator((hostA, "a0", Generator.Experimental(MacOfA, MacOfB, length)));

        // Until the runtime has compiled its hot paths for good, and the rings are full.
        Thread.Sleep(Settling);
        long offered = hostA.Count("a0", "tx", "packets");
        long delivered = hostB.Count("b0", "rx", "packets");
        long started = Stopwatch.GetTimestamp();
        Thread.Sleep(Window);
        offered = hostA.Count("a0", "tx", "packets") - offered;
        delivered = hostB.Count("b0", "rx", "packets") - delivered;
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Rate(offered / seconds, delivered / seconds);
    }

    private static Rate Middle(List<Rate> rates) => rates.OrderBy(rate => rate.Delivered).ElementAt(rates.Count / 2);

    private static double Median(IReadOnlyList<double> values) => values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);

    /// <summary>Frames a second.</summary>
    private readonly record struct Rate(double Offered, double Delivered)
    {
        public override string ToString() => $"{Delivered,9:N0} of {Offered,9:N0} frames/s offered";
    }
}
