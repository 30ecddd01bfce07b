using System.Diagnostics;
using System.Globalization;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Benchmarks.Live;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;

namespace MacSegmentation.Benchmarks.Neighbors;

/// <summary>
/// What one pair of hosts at a switch feels of another: pings from c to d beside 50,000 frames a second from a to b, on a quiet machine and with a spinning process on
/// each core, against the same with a switch for each pair; and beside a link that takes a fraction of what is sent to it.
/// </summary>
internal sealed class NeighborComparison : IComparison
{
    private const int Rounds = 5;
    private const int Pings = 2_000;
    private const int FloodRate = 50_000;
    private const int SlowRate = 5_000;
    private const double GoalOfQuiet = 5;
    private const double GoalOfRatio = 3;
    private const double GoalOfSlow = 1;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly string[] Hosts = ["a", "b", "c", "d"];

    public string Name => "neighbor";

    public string Description => "pings between two hosts beside a flood between two others, at one switch and at two; needs root, ip, tc, ping";

    public void Run(string[] arguments)
    {
        string configuration = Path.GetTempFileName();
        var hosts = new List<NetworkNamespace>();
        using var middle = new NetworkNamespace("bench-middle");
        try
        {
            File.WriteAllText(configuration, Configuration());
            for (int i = 0; i < Hosts.Length; i++)
            {
                hosts.Add(new NetworkNamespace($"bench-{Hosts[i]}"));
                middle.Connect($"p{i}", hosts[i], "h0");
                hosts[i].Ip("link", "set", "h0", "address", MacOf(i).ToString());
                hosts[i].Ip("address", "add", $"{AddressOf(i)}/24", "dev", "h0");
            }

            MeasureFlood(middle, hosts, configuration);
            MeasureSlowLink(middle, hosts, configuration);
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
            File.Delete(configuration);
        }
    }

    private static void MeasureFlood(NetworkNamespace middle, List<NetworkNamespace> hosts, string configuration)
    {
        int[][] together = [[0, 1, 2, 3]];
        int[][] apart = [[0, 1], [2, 3]];
        var (quiet, one, two, ratios) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        double worst = 0;
        for (int round = 0; round < Rounds; round++)
        {
            quiet.Add(Percentile99(PingBeside(middle, hosts, configuration, together)));
            using var spinners = new Spinners();
            var trips = PingBeside(middle, hosts, configuration, together);
            worst = Math.Max(worst, trips.Max());
            one.Add(Percentile99(trips));
            two.Add(Percentile99(PingBeside(middle, hosts, configuration, apart)));
            ratios.Add(one[^1] / two[^1]);
        }

        Console.WriteLine($"beside {FloodRate:N0} frames/s, quiet machine: p99 of {Pings:N0} pings {Medians.Of(quiet):F2} ms, slowest round {quiet.Max():F2} (goal: under {GoalOfQuiet})");
        Console.WriteLine(
            $"beside {FloodRate:N0} frames/s, a spinning process on each core: p99 at one switch {Medians.Of(one):F2} ms, at two {Medians.Of(two):F2} ms, ratio {Medians.Of(ratios):F2} "
            + $"(median of {Rounds}; goal: under {GoalOfRatio}); slowest ping at one switch {worst:F1} ms");
    }

    private static List<double> PingBeside(NetworkNamespace middle, List<NetworkNamespace> hosts, string configuration, int[][] switches)
    {
        var running = switches.Select(ports => Start(middle, configuration, ports)).ToList();
        try
        {
            AwaitPing(hosts[2], running);
            using var flood = new PacedSender(hosts[0], "h0", Datagram(0, 1), FloodRate);
            Thread.Sleep(Settling / 4);
            return Ping(hosts[2], Pings);
        }
        finally
        {
            running.ForEach(bridge => bridge.Dispose());
        }
    }

    private static void MeasureSlowLink(NetworkNamespace middle, List<NetworkNamespace> hosts, string configuration)
    {
        middle.Execute("tc", "qdisc", "add", "dev", "p1", "root", "tbf", "rate", "1mbit", "burst", "3000", "limit", "9000");
        var (idle, beside) = (new List<double>(), new List<double>());
        double worst = 0;
        for (int round = 0; round < Rounds; round++)
        {
            using var bridge = Start(middle, configuration, [0, 1, 2, 3]);
            AwaitPing(hosts[2], [bridge]);
            idle.Add(Ping(hosts[2], Pings / 4).Average());
            using var flood = new PacedSender(hosts[0], "h0", Datagram(0, 1), SlowRate);
            Thread.Sleep(Settling / 4);
            var trips = Ping(hosts[2], Pings / 4);
            beside.Add(trips.Average());
            worst = Math.Max(worst, trips.Max());
        }

        Console.WriteLine(
            $"beside a link of 1 Mbit/s with {SlowRate:N0} frames/s to it: average {Medians.Of(beside):F2} ms, idle {Medians.Of(idle):F2} ms "
            + $"(goal: within {GoalOfSlow} ms); slowest ping {worst:F1} ms");
    }

    private static Bridge Start(NetworkNamespace middle, string configuration, int[] ports) =>
        Bridge.MacsegSwitch(middle, [], configuration, [.. ports.SelectMany(port => new[] { "--port", $"p{port}=host-{Hosts[port]}" })]);

    /// <summary>Also has the hosts know each other's addresses.</summary>
    private static void AwaitPing(NetworkNamespace from, List<Bridge> running)
    {
        long started = Stopwatch.GetTimestamp();
        while (from.Ping(AddressOf(3).ToString(), 1, waitSeconds: 0.2).Count == 0)
        {
            running.ForEach(bridge => bridge.RequireRunning());
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(20))
            {
                throw new InvalidOperationException("The switch forwards nothing.");
            }
        }
    }

    private static List<double> Ping(NetworkNamespace from, int count)
    {
        var trips = from.Ping(AddressOf(3).ToString(), count, waitSeconds: 5, intervalSeconds: 0.001);
        return trips.Count >= count * 0.99 ? [.. trips] : throw new InvalidOperationException($"Only {trips.Count} of {count} pings were answered.");
    }

    private static string Configuration()
    {
        var interfaces = Hosts.Select((host, i) => string.Create(
            CultureInfo.InvariantCulture, $$"""{ "name": "host-{{host}}", "macAddress": "{{MacOf(i)}}", "ipAddresses": ["{{AddressOf(i)}}/24"] }"""));
        return $$"""{ "vlans": [ { "id": 1, "interfaces": [ {{string.Join(",\n", interfaces)}} ] } ] }""";
    }

    private static byte[] Datagram(int from, int to) =>
        new FrameBuilder(MacOf(from), MacOf(to)).Udp(AddressOf(from), AddressOf(to), 4000, 5000, new byte[64]);

    private static MacAddress MacOf(int host) => new(0x0200_0000_00A0 + (ulong)host);

    private static IPAddress AddressOf(int host) => IpNumber.ToAddress(IpNumber.FromIPv4(0x0A4D_0001 + (uint)host));

    private static double Percentile99(List<double> trips) => trips.Order().ElementAt(trips.Count * 99 / 100);

    /// <summary>A process on each core that does nothing but spin.</summary>
    private sealed class Spinners : IDisposable
    {
        private readonly List<Process> processes =
        [
            .. Enumerable.Range(0, Environment.ProcessorCount).Select(core => Process.Start(
                new ProcessStartInfo("taskset", ["-c", core.ToString(CultureInfo.InvariantCulture), "sh", "-c", "while :; do :; done"]) { UseShellExecute = false })!),
        ];

        public void Dispose() => processes.ForEach(process =>
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        });
    }
}
