using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Benchmarks.Files;
using MacSegmentation.Lab.Network;
using MacSegmentation.Policies;

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
    private const int Rounds = 5;
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
            Func<string[], Bridge>[] programs =
            [
                placement => Bridge.Tcpbridge(middle, placement),
                placement => Bridge.Macseg(middle, placement, configuration),
            ];

            foreach (int length in new[] { 64, 1514 })
            {
                var rates = InTurn(programs, ["taskset", "-c", "1"], () => Load(hostA, hostB, length), rate => rate.Delivered);
                Console.WriteLine($"{length,5} octets: tcpbridge {rates[0]}   macseg {rates[1]}   ratio {rates[1].Delivered / rates[0].Delivered:F2} (goal: at least {GoalOfThroughput})");
            }

            var trips = InTurn(programs, [], () => Median(hostA.Ping(AddressOfB, Pings, waitSeconds: 1, intervalSeconds: 0.005), trip => trip), trip => trip);
            Console.WriteLine($" round trip: tcpbridge {trips[0]:F3} ms   macseg {trips[1]:F3} ms   ratio {trips[1] / trips[0]:F3} (goal: at most {GoalOfRoundTrip})");
        }
        finally
        {
            File.Delete(configuration);
        }
    }

    /// <summary>The median over the rounds for each program; in each round, each program is started and measured once.</summary>
    private static T[] InTurn<T>(Func<string[], Bridge>[] programs, string[] placement, Func<T> measure, Func<T, double> key)
    {
        var figures = programs.Select(_ => new List<T>()).ToArray();
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < programs.Length; i++)
            {
                using var bridge = programs[i](placement);
                Thread.Sleep(Settling);
                bridge.RequireRunning();
                figures[i].Add(measure());
                bridge.RequireRunning();
            }
        }

        return [.. figures.Select(values => Median(values, key))];
    }

    private static Rate Load(NetworkNamespace hostA, NetworkNamespace hostB, int length)
    {
        using var generator = new Generator(hostA, "a0", MacOfA, MacOfB, length);

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

    private static T Median<T>(IReadOnlyList<T> values, Func<T, double> key) => values.OrderBy(key).ElementAt(values.Count / 2);

    /// <summary>Frames a second.</summary>
    private readonly record struct Rate(double Offered, double Delivered)
    {
        public override string ToString() => $"{Delivered,9:N0} of {Offered,9:N0} frames/s offered";
    }
}
