using System.Diagnostics;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Benchmarks.Files;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Benchmarks.Live;

/// <summary>Four hosts of interface records around a namespace in which a program is to switch between p1, p2, p3 and p4.</summary>
internal sealed class FourHosts : IDisposable
{
    private const int Policies = 1_000;
    private const int HostCount = 4;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly string[] OnSecondCore = ["taskset", "-c", "1"];
    private readonly List<NetworkNamespace> hosts = [];
    private readonly NetworkNamespace middle = new("bench-middle");
    private readonly string configuration = Path.GetTempFileName();

    public FourHosts()
    {
        for (int i = 0; i < HostCount; i++)
        {
            hosts.Add(new NetworkNamespace($"bench-{i}"));
            middle.Connect($"p{i + 1}", hosts[i], "h0");
            hosts[i].Ip("link", "set", "h0", "address", MacOf(i).ToString());
        }

        File.WriteAllText(configuration, Configuration());
    }

    /// <summary>Frames a second that a wire between two of them delivers.</summary>
    public double OverWire(int length, string? program = null) => Measure(Bridge.Macseg(middle, OnSecondCore, configuration, program), lanes: 1, length);

    /// <summary>Frames a second that a switch between all four delivers, two of them sending.</summary>
    public double OverSwitch(int length, string? program = null) =>
        Measure(Bridge.MacsegSwitch(middle, OnSecondCore, configuration, [.. Enumerable.Range(0, HostCount).SelectMany(PortOption)], program), lanes: 2, length);

    public void Dispose()
    {
        hosts.ForEach(host => host.Dispose());
        middle.Dispose();
        File.Delete(configuration);
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

    private double Measure(Bridge bridge, int lanes, int length)
    {
        using var running = bridge;
        Thread.Sleep(Settling);
        bridge.RequireRunning();
        using var generator = new Generator([.. Enumerable.Range(0, lanes).Select(lane => (hosts[2 * lane], "h0", Datagram(2 * lane, length)))]);
        Thread.Sleep(Settling);
        long delivered = Delivered(lanes);
        long started = Stopwatch.GetTimestamp();
        Thread.Sleep(Window);
        double rate = (Delivered(lanes) - delivered) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        bridge.RequireRunning();
        return rate;
    }

    private long Delivered(int lanes) => Enumerable.Range(0, lanes).Sum(lane => hosts[(2 * lane) + 1].Count("h0", "rx", "packets"));

    /// <summary>From a host to the next: 42 octets of headers, and data up to the length.</summary>
    private static byte[] Datagram(int from, int length) =>
        new FrameBuilder(MacOf(from), MacOf(from + 1)).Udp(AddressOf(from), AddressOf(from + 1), 4000, 5000, new byte[length - 42]);

    private static MacAddress MacOf(int host) => new(0x0200_0000_00A0 + (ulong)host);

    private static IPAddress AddressOf(int host) => IpNumber.ToAddress(IpNumber.FromIPv4(0x0A4D_0001 + (uint)host));
}
