using System.Net;
using MacSegmentation.Enforcement;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.FrameSizes;

/// <summary>What a frame meets that is longer than the port that it should leave by can send.</summary>
public class TooBigTests
{
    private const int Limit = 200;

    [Fact]
    public void A_packet_that_does_not_fit_is_dropped_and_its_sender_told_how_long_one_may_be()
    {
        var bridge = Bridge(vlans: 10);
        byte[] packet = Packet(A, C, Limit - 42);
        Assert.Equal("Allow DefaultAction: up", bridge.Send("p-a", packet));
        packet = Packet(A, C, Limit - 41);
        var (verdict, left) = bridge.Pass("p-a", packet);
        Assert.Equal((PolicyAction.Drop, TooBigResponder.TooBig), (verdict.Action, verdict.Reason));
        byte[] answer = Assert.Single(left).Frame;
        Assert.Equal("p-a", left[0].Port);

        // From the address that it was for; the MTU is the limit without Ethernet's header.
        Assert.Equal("02000000000a0200000000990800", Convert.ToHexStringLower(answer.AsSpan(0, 14)));
        Assert.Equal("45c0", Convert.ToHexStringLower(answer.AsSpan(14, 2)));
        Assert.Equal("0a00000d0a00000b", Convert.ToHexStringLower(answer.AsSpan(26, 8)));
        Assert.Equal("0304", Convert.ToHexStringLower(answer.AsSpan(34, 2)));
        Assert.Equal("000000ba", Convert.ToHexStringLower(answer.AsSpan(38, 4)));
        Assert.True(InternetChecksum.IsRight(answer.AsSpan(14, 20)));
        Assert.True(InternetChecksum.IsRight(answer.AsSpan(34)));
        Assert.Equal(packet[14..], answer[42..]);
        Assert.Equal(1, bridge.Ports[1].FramesNotSent);
    }

    [Fact]
    public void IPv6_is_told_packet_too_big()
    {
        byte[] packet = new FrameBuilder(Mac(MacA), Mac(Stranger)).Udp(IPAddress.Parse("fd00::11"), IPAddress.Parse("fd00::99"), 1, 2, new byte[1400]);
        var (_, left) = Bridge(vlans: 10).Pass("p-a", packet);
        byte[] answer = Assert.Single(left).Frame;
        Assert.Equal(14 + 1280, answer.Length);
        Assert.Equal("0200", Convert.ToHexStringLower(answer.AsSpan(54, 2)));
        Assert.Equal("000000ba", Convert.ToHexStringLower(answer.AsSpan(58, 4)));
        PacketHeader.Read(answer, out var header);
        Assert.True(InternetChecksum.IsRight(header.Source, header.Destination, ProtocolNumbers.IcmpV6, answer.AsSpan(54)));
    }

    [Fact]
    public void The_tag_that_it_leaves_with_counts()
    {
        var tagged = Bridge(vlans: [10, 20]);
        Assert.Equal("Allow DefaultAction: up", tagged.Send("p-a", Packet(A, C, Limit - 46)));
        var (_, left) = tagged.Pass("p-a", Packet(A, C, Limit - 45));
        Assert.Equal("000000b6", Convert.ToHexStringLower(Assert.Single(left).Frame.AsSpan(38, 4)));
    }

    [Fact]
    public void Nobody_is_told_of_errors_groups_later_fragments_and_what_is_no_IP()
    {
        var bridge = Bridge(vlans: 10);
        byte[] error = new FrameBuilder(Mac(MacA), Mac(Stranger)).Icmp(IPAddress.Parse(A), IPAddress.Parse(C), IcmpTypes.DestinationUnreachable, 4, new byte[Limit]);
        byte[] fragment = Packet(A, C, Limit);
        fragment[20] = 0x20;
        fragment[21] = 0x10;
        byte[] group = Udp(MacA, All, A, "255.255.255.255");
        foreach (byte[] frame in new[] { error, fragment, new FrameBuilder(Mac(MacA), Mac(Stranger)).Ethernet(0x88B5, new byte[Limit]), [.. group, .. new byte[Limit]] })
        {
            var (verdict, left) = bridge.Pass("p-a", frame);
            Assert.Empty(left);
            Assert.Equal(TooBigResponder.TooBig, verdict.Reason);
        }
    }

    [Fact]
    public void Answers_are_limited()
    {
        var bridge = Bridge(vlans: 10);
        int told = Enumerable.Range(0, 500).Count(_ => bridge.Pass("p-a", Packet(A, C, Limit)).Left.Length > 0);
        Assert.Equal(100, told);
        bridge.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(bridge.Pass("p-a", Packet(A, C, Limit)).Left);
    }

    private static byte[] Packet(string from, string to, int payload) => new FrameBuilder(Mac(MacA), Mac(Stranger)).Udp(IPAddress.Parse(from), IPAddress.Parse(to), 4000, 5000, new byte[payload]);

    private static TestBridge Bridge(params int[] vlans)
    {
        var record = Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64");
        var up = vlans.Length == 1 ? new SwitchPortSettings { Adapter = "up", IsUplink = true, NativeVlan = vlans[0] } : Uplink("up", vlans);
        MemorySink[] sinks = [new("p-a"), new("up")];
        SwitchPortAssignment[] ports =
        [
            new(PortOf("a"), new MemorySource("p-a"), sinks[0]),
            new(up, new MemorySource("up"), sinks[1]) { Capabilities = new PortCapabilities { MaxFrameLength = Limit } },
        ];
        return new TestBridge(Snapshot(record), ports, sinks);
    }
}
