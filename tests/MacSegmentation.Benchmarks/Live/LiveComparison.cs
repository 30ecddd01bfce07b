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
/// The load is one sender that sends as fast as one core can. What arrives at host B in a window of time, by the kernel's own count, is
/// what a program delivers; what it did not deliver was lost in its receive ring. The round trip is ping's, one at a time: twice
/// through the program, and once through each host.
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

    public string Description => "frames through two veth pairs, and the round trip, against tcpbridge; needs root, ip, ping, tcpbridge";

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
            var programs = new (string Name, Func<Bridge> Start)[]
            {
                ("tcpbridge", () => Bridge.Tcpbridge(middle)),
                ("macseg", () => Bridge.Macseg(middle, configuration)),
            };

            foreach (int length in new[] { 64, 1514 })
            {
                var rates = InTurn(programs, () => Throughput(hostA, hostB, length));
                Console.WriteLine(
                    $"{length,5} octets: tcpbridge {rates[0],9:N0} frames/s   macseg {rates[1],9:N0} frames/s   ratio {rates[1] / rates[0]:F2} (goal: at least {GoalOfThroughput})");
            }

            var trips = InTurn(programs, () => Median(hostA.Ping(AddressOfB, Pings, waitSeconds: 1, intervalSeconds: 0.005)));
            Console.WriteLine(
                $" round trip: tcpbridge {trips[0],6:F3} ms   macseg {trips[1],6:F3} ms   ratio {trips[1] / trips[0]:F3} (goal: at most {GoalOfRoundTrip})");
        }
        finally
        {
            File.Delete(configuration);
        }
    }

    /// <summary>The median over the rounds for each program; in each round, each program is started and measured once.</summary>
    private static double[] InTurn((string Name, Func<Bridge> Start)[] programs, Func<double> measure)
    {
        var figures = programs.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < programs.Length; i++)
            {
                using var bridge = programs[i].Start();
                Thread.Sleep(Settling);
                bridge.RequireRunning();
                figures[i].Add(measure());
                bridge.RequireRunning();
            }
        }

        return [.. figures.Select(Median)];
    }

    private static double Throughput(NetworkNamespace hostA, NetworkNamespace hostB, int length)
    {
        using var generator = new Generator(hostA, "a0", MacOfA, MacOfB, length);

        // Until the runtime has compiled its hot paths for good, and the rings are full.
        Thread.Sleep(Settling);
        long before = hostB.Count("b0", "rx", "packets");
        long started = Stopwatch.GetTimestamp();
        Thread.Sleep(Window);
        long after = hostB.Count("b0", "rx", "packets");
        return (after - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }
}
