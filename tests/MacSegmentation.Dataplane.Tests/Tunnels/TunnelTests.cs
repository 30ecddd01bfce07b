using System.Net;
using System.Net.Sockets;
using MacSegmentation.Allocations;
using MacSegmentation.Carriers;
using MacSegmentation.Counting;
using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Tunnels;

/// <summary>Tunnels on the loopback adapter, whose other ends are sockets of the test.</summary>
public sealed class TunnelTests : IDisposable
{
    private const int Rounds = 300;

    private static readonly byte[] Payload = [.. Enumerable.Range(0, 60).Select(octet => (byte)octet)];

    private readonly List<IDisposable> opened = [];

    public TunnelTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Tunnel ports are for Linux.");

    [Fact]
    public void Tunnels_of_one_adapter_share_a_socket_and_each_gets_its_own_virtual_network()
    {
        var underlays = new Underlays();
        var one = Open(underlays, "vni=5000,remote=127.0.0.2,gbp");
        var other = Open(underlays, "vni=5001,remote=127.0.0.2");
        using var remote = Remote("127.0.0.2");
        Send(remote, "0800000000138900", "88080fa100138800", "0800000000138900");
        var handler = new Handler();
        Await(() => other.Source.Poll(handler), () => handler.Seen.Count >= 2);
        Assert.Equal([(1, 0u), (1, 0u)], handler.Seen);
        handler.Seen.Clear();
        Await(() => one.Source.Poll(handler), () => handler.Seen.Count >= 1);
        Assert.Equal([(1, new PartitionTag(4001, IsApplied: true).Value)], handler.Seen);
    }

    [Fact]
    public void A_frame_for_one_remote_goes_to_that_and_one_for_all_to_each()
    {
        var tunnel = Open(new Underlays(), "vni=5000,remote=127.0.0.2,remote=127.0.0.3,gbp");
        using var first = Remote("127.0.0.2");
        using var second = Remote("127.0.0.3");
        Assert.True(tunnel.Sink.Send(new Frame(Payload, Payload.Length, 0) { Endpoint = 2, CarrierTag = 4001 }));
        Assert.True(tunnel.Sink.Send(new Frame(Payload, Payload.Length, 0)));
        Assert.Equal(0, tunnel.Sink.Flush());
        Assert.Equal("88000fa100138800" + Convert.ToHexStringLower(Payload), Take(second));
        Assert.Equal("0800000000138800" + Convert.ToHexStringLower(Payload), Take(second));
        Assert.Equal("0800000000138800" + Convert.ToHexStringLower(Payload), Take(first));
        Assert.Equal(0, first.Available + second.Available);
    }

    [Fact]
    public void While_one_tunnel_s_frames_are_judged_nobody_waits_and_an_error_of_theirs_is_not_met_twice()
    {
        var underlays = new Underlays();
        var one = Open(underlays, "vni=5000,remote=127.0.0.2");
        var other = Open(underlays, "vni=5001,remote=127.0.0.2");
        using var remote = Remote("127.0.0.2");
        var seen = new Handler();
        var judge = new Judge(() =>
        {
            // Another worker takes its own datagram, and an administrator looks at the numbers.
            var tally = default(TrafficTally);
            Assert.True(Task.Run(() =>
            {
                other.Source.Poll(seen);
                one.Source.TakeRefusals(ref tally);
                other.Source.Interrupt();
            }).Wait(TimeSpan.FromSeconds(5)));
            throw new InvalidOperationException("judged");
        });
        Send(remote, "0800000000138800", "0800000000138900");
        Assert.Throws<InvalidOperationException>(() => Await(() => one.Source.Poll(judge), () => false));
        Assert.Equal((1, 1), (judge.Frames, seen.Seen.Count));
        Send(remote, "0800000000138800");
        Await(() => one.Source.Poll(seen), () => seen.Seen.Count == 2);
        Assert.Equal(1, judge.Frames);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_frame()
    {
        var tunnel = Open(new Underlays(), "vni=5000,remote=127.0.0.2,gbp");
        using var remote = Remote("127.0.0.2");
        byte[] packet = [.. Convert.FromHexString("88000fa100138800"), .. Payload];
        byte[] foreign = [.. Convert.FromHexString("0800000000ffff00"), .. Payload];
        var local = new IPEndPoint(IPAddress.Loopback, VxlanHeader.UdpPort).Serialize();
        var handler = new Counter();
        int passes = 0;
        Assert.Equal(0, Allocation.OfEach(Pass));
        Assert.Equal(passes * Rounds, handler.Frames);
        var tally = default(TrafficTally);
        tunnel.Source.TakeRefusals(ref tally);
        Assert.Equal(passes * Rounds, tally.Dropped[CarrierReasons.UnknownVni.Number]);

        void Pass(int number)
        {
            passes = number + 1;
            Span<byte> room = stackalloc byte[256];
            for (int i = 0; i < Rounds; i++)
            {
                remote.SendTo(packet, SocketFlags.None, local);
                remote.SendTo(foreign, SocketFlags.None, local);
                tunnel.Source.Poll(handler);
                tunnel.Sink.Send(new Frame(Payload, Payload.Length, 0) { CarrierTag = 7 });
                tunnel.Sink.Flush();
                remote.Receive(room);
            }
        }
    }

    [Fact]
    public void A_datagram_longer_than_the_adapter_s_MTU_is_refused_by_the_system_and_counted()
    {
        var tunnel = Open(new Underlays(), "vni=5000,remote=127.0.0.2");
        Assert.Equal(65_536 - 36, tunnel.Sink.MaxFrameLength);
        Assert.True(tunnel.Sink.Send(new Frame(new byte[65_530], 65_530, 0)));
        Assert.Equal(1, tunnel.Sink.Flush());
    }

    [Theory]
    [InlineData("lo", "vni=1,remote=fd00::2", "TunnelAddressMissing")]
    [InlineData("lo", "vni=1,remote=127.0.0.1", "InvalidTunnel")]
    [InlineData("nothere0", "vni=1,remote=127.0.0.2", "AdapterNotFound")]
    public void What_cannot_be_opened_says_why(string adapter, string tunnel, string errorId)
    {
        Assert.SkipWhen(errorId is "TunnelAddressMissing" && Socket.OSSupportsIPv6 && HasIPv6(adapter), "The loopback adapter has an IPv6 address here.");
        var error = Assert.Throws<MacSegmentationException>(() => new Underlays().Open(adapter, "port", TunnelSettings.Parse(TunnelKind.Vxlan, tunnel)));
        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public void A_UDP_port_that_is_taken_is_told()
    {
        Open(new Underlays(), "vni=5000,remote=127.0.0.2");
        var error = Assert.Throws<MacSegmentationException>(() => Open(new Underlays(), "vni=5001,remote=127.0.0.2"));
        Assert.Equal("TunnelPortInUse", error.ErrorId);
    }

    public void Dispose() => opened.ForEach(one => one.Dispose());

    private static bool HasIPv6(string adapter) => System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
        .Where(one => string.Equals(one.Name, adapter, StringComparison.Ordinal))
        .SelectMany(one => one.GetIPProperties().UnicastAddresses)
        .Any(address => address.Address.AddressFamily == AddressFamily.InterNetworkV6);

    private static Socket Remote(string address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000 };
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), VxlanHeader.UdpPort));
        return socket;
    }

    private static void Send(Socket remote, params string[] headers)
    {
        foreach (string header in headers)
        {
            remote.SendTo([.. Convert.FromHexString(header), .. Payload], new IPEndPoint(IPAddress.Loopback, VxlanHeader.UdpPort));
        }
    }

    private static string Take(Socket remote)
    {
        byte[] room = new byte[2048];
        return Convert.ToHexStringLower(room.AsSpan(0, remote.Receive(room)));
    }

    private static void Await(Action poll, Func<bool> isThere) => Assert.True(SpinWait.SpinUntil(
        () =>
        {
            poll();
            return isThere();
        },
        TimeSpan.FromSeconds(5)));

    private (TunnelSource Source, TunnelSink Sink) Open(Underlays underlays, string tunnel)
    {
        var made = underlays.Open("lo", $"lo/{tunnel}", TunnelSettings.Parse(TunnelKind.Vxlan, tunnel));
        opened.Add(made.Source);
        opened.Add(made.Sink);
        return made;
    }

    private sealed class Handler : IFrameHandler
    {
        public List<(int Endpoint, uint Tag)> Seen { get; } = [];

        public void Handle(in Frame frame)
        {
            Assert.Equal(Payload, frame.Bytes.ToArray());
            Seen.Add((frame.Endpoint, frame.CarrierTag));
        }
    }

    private sealed class Judge(Action judge) : IFrameHandler
    {
        public int Frames { get; private set; }

        public void Handle(in Frame frame)
        {
            Frames++;
            judge();
        }
    }

    private sealed class Counter : IFrameHandler
    {
        public int Frames { get; set; }

        public void Handle(in Frame frame) => Frames++;
    }
}
