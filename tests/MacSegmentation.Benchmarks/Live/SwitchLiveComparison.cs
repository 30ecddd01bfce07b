using System.Diagnostics;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Benchmarks.Files;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Benchmarks.Live;

/// <summary>
/// <c>macseg enforce</c> as a switch of four ports of interface records, all four busy, against the same program between two interfaces: whole
/// processes under 1,000 policies, on the same wires, in turn; one sender, the program on the other core.
/// </summary>
internal sealed class SwitchLiveComparison : IComparison
{
    private const int Rounds = 7;
    private const int Policies = 1_000;
    private const int HostCount = 4;
    private const double Goal = 0.7;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly string[] OnSecondCore = ["taskset", "-c", "1"];

    public string Name => "switchlive";

    public string Description => "frames through a switch of four ports, against the enforcer between two interfaces; needs root, two cores, ip, taskset";

    public void Run(string[] arguments)
    {
        string configuration = Path.GetTempFileName();
        var hosts = new List<NetworkNamespace>();
        using var middle = new NetworkNamespace("bench-middle");
        try
        {
            for (int i = 0; i < HostCount; i++)
            {
                hosts.Add(new NetworkNamespace($"bench-{i}"));
                middle.Connect($"p{i + 1}", hosts[i], "h0");
                hosts[i].Ip("link", "set", "h0", "address", MacOf(i).ToString());
            }

            File.WriteAllText(configuration, Configuration());
            foreach (int length in new[] { 64, 1514 })
            {
                var ratios = new List<double>();
                var (wire, bridge) = (new List<double>(), new List<double>());
                for (int round = 0; round < Rounds; round++)
                {
                    wire.Add(Measure(() => Bridge.Macseg(middle, OnSecondCore, configuration), hosts, lanes: 1, length));
                    bridge.Add(Measure(() => Bridge.MacsegSwitch(middle, OnSecondCore, configuration, [.. Enumerable.Range(0, HostCount).SelectMany(PortOption)]), hosts, lanes: 2, length));
                    ratios.Add(bridge[^1] / wire[^1]);
                }

                Console.WriteLine(
                    $"{length,5} octets: two interfaces {Median(wire),9:N0} frames/s   switch of four ports {Median(bridge),9:N0} frames/s   ratio {Median(ratios):F2} (goal: at least {Goal})");
            }
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
            File.Delete(configuration);
        }
    }

    private static string[] PortOption(int host) => ["--port", $"p{host + 1}=host-{host}"];

    private static string Configuration()
    {
        // Denials of hosts that send nothing, and a rule that admits what the hosts send.
        var strangers = new CaptureWorkload(seed: 1, hosts: Policies).Addresses;
        var policies = strangers.Select((source, i) => $$"""{ "order": {{i + 1}}, "source": "{{source}}", "destination": "*", "action": "{{PolicyAction.Deny}}" }""");
        var interfaces = Enumerable.Range(0, HostCount).Select(host =>
            $$"""{ "name": "host-{{host}}", "macAddress": "{{MacOf(host)}}", "ipAddresses": ["{{AddressOf(host)}}/24"], "securityGroups": ["hosts"] }""");
        return $$"""
            {
              "vlans": [ { "id": 1, "policies": [ {{string.Join(",\n", policies)}} ], "interfaces": [ {{string.Join(",\n", interfaces)}} ] } ],
              "securityGroups": [ { "name": "hosts", "rules": [ { "direction": "Inbound", "protocol": "Udp", "remoteGroup": "hosts" } ] } ]
            }
            """;
    }

    private static double Measure(Func<Bridge> start, List<NetworkNamespace> hosts, int lanes, int length)
    {
        using var bridge = start();
        Thread.Sleep(Settling);
        bridge.RequireRunning();
        using var generator = new Generator([.. Enumerable.Range(0, lanes).Select(lane => (hosts[2 * lane], "h0", Datagram(2 * lane, length)))]);
        Thread.Sleep(Settling);
        long delivered = Delivered(hosts, lanes);
        long started = Stopwatch.GetTimestamp();
        Thread.Sleep(Window);
        double rate = (Delivered(hosts, lanes) - delivered) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        bridge.RequireRunning();
        return rate;
    }

    private static long Delivered(List<NetworkNamespace> hosts, int lanes) => Enumerable.Range(0, lanes).Sum(lane => hosts[(2 * lane) + 1].Count("h0", "rx", "packets"));

    /// <summary>From a host to the next: 42 octets of headers, and data up to the length.</summary>
    private static byte[] Datagram(int from, int length) =>
        new FrameBuilder(MacOf(from), MacOf(from + 1)).Udp(AddressOf(from), AddressOf(from + 1), 4000, 5000, new byte[length - 42]);

    private static MacAddress MacOf(int host) => new(0x0200_0000_00A0 + (ulong)host);

    private static IPAddress AddressOf(int host) => IpNumber.ToAddress(IpNumber.FromIPv4(0x0A4D_0001 + (uint)host));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
