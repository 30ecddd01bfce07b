using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;

namespace MacSegmentation.Frames;

/// <summary>Wireshark reads the same from the same frames: from captures of real networks, and from all kinds that are built here.</summary>
public sealed class WiresharkTests : IDisposable
{
    private const uint Good = 1;

    private static readonly MacAddress Asker = MacAddress.Parse("02:00:00:00:00:01");
    private static readonly MacAddress Answerer = MacAddress.Parse("02:00:00:00:00:02");

    private readonly TemporaryFolder folder = new();

    [Theory]
    [MemberData(nameof(RealCaptureTests.Captures), MemberType = typeof(RealCaptureTests))]
    public async Task Reads_the_same_from_a_real_capture(string name, int frames)
    {
        string capture = RepositoryFile.Path("..", "shared", "captures", name);
        Assert.SkipUnless(File.Exists(capture), $"The real capture {name} is not beside the repository (../shared/captures).");
        Assert.Equal(frames, await Compare(capture));
    }

    [Fact]
    public async Task Reads_the_same_from_every_kind_of_frame_and_finds_no_wrong_checksum()
    {
        byte[][] frames = [.. BuiltFrames.All];
        string capture = Write(frames);
        Assert.Equal(frames.Length, await Compare(capture));
        foreach (var dissection in await Dissection.Run(capture))
        {
            // A fragment's checksum is its whole packet's.
            bool isFragment = dissection.Number("ip.flags.mf") + dissection.Number("ip.frag_offset") != 0 || dissection.Text("ipv6.fraghdr.nxt") is not null;
            string[] fields = isFragment
                ? ["ip.checksum.status"]
                : ["ip.checksum.status", "tcp.checksum.status", "udp.checksum.status", "icmp.checksum.status", "icmpv6.checksum.status"];
            Assert.All(fields.Where(field => dissection.Text(field) is not null), field => Assert.Equal(Good, dissection.Number(field)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10)]
    public async Task Takes_an_arp_reply_for_what_it_is(int? vlanId)
    {
        byte[] request = new FrameBuilder(Asker, MacAddress.Broadcast, vlanId).Arp(1, IPAddress.Parse("10.0.0.11"), IPAddress.Parse("10.0.0.12"));
        PacketHeader.Read(request, out var packet);
        byte[] reply = new byte[64];
        int length = ArpBuilder.WriteReply(request, packet, Answerer.Value, reply);
        Assert.Equal(60, length);
        Assert.Equal(0, ArpBuilder.WriteReply(request, packet, Answerer.Value, reply.AsSpan(0, 59)));
        Assert.Equal(reply[..length], new FrameBuilder(Answerer, Asker, vlanId).Arp(2, IPAddress.Parse("10.0.0.12"), IPAddress.Parse("10.0.0.11")));

        var dissection = Assert.Single(await Dissection.Run(Write(reply[..length])));
        Assert.Equal(2u, dissection.Number("arp.opcode"));
        Assert.Equal((Answerer.Value, Asker.Value), (dissection.Mac("arp.src.hw_mac"), dissection.Mac("arp.dst.hw_mac")));
        Assert.Equal(("10.0.0.12", "10.0.0.11"), (dissection.Text("arp.src.proto_ipv4"), dissection.Text("arp.dst.proto_ipv4")));
    }

    [Theory]
    [InlineData("fd00::11", null, "fd00::11", 0x6000_0000u)]
    [InlineData("fe80::1", 10, "fe80::1", 0x6000_0000u)]
    [InlineData("::", 10, "ff02::1", 0x2000_0000u)]
    public async Task Takes_a_neighbour_advertisement_for_what_it_is(string source, int? vlanId, string destination, uint flags)
    {
        byte[] solicitation = new FrameBuilder(Asker, MacAddress.Parse("33:33:ff:00:00:12"), vlanId) { HopLimit = 255 }.Icmp(
            IPAddress.Parse(source), IPAddress.Parse("ff02::1:ff00:12"), 135, 0, [0, 0, 0, 0, .. IPAddress.Parse("fd00::12").GetAddressBytes()]);
        PacketHeader.Read(solicitation, out var packet);
        Assert.True(NeighborDiscovery.TryRead(packet, solicitation, out var message));
        byte[] reply = new byte[128];
        int length = NeighborAdvertisementBuilder.WriteReply(solicitation, packet, message, Answerer.Value, reply);
        Assert.Equal(0, NeighborAdvertisementBuilder.WriteReply(solicitation, packet, message, Answerer.Value, reply.AsSpan(0, length - 1)));

        var dissection = Assert.Single(await Dissection.Run(Write(reply[..length])));
        Assert.Equal((136u, Good, 255u), (dissection.Number("icmpv6.type"), dissection.Number("icmpv6.checksum.status"), dissection.Number("ipv6.hlim")));
        Assert.Equal(("fd00::12", destination), (dissection.Text("ipv6.src"), dissection.Text("ipv6.dst")));
        Assert.Equal(("fd00::12", flags), (dissection.Text("icmpv6.nd.na.target_address"), dissection.Number("icmpv6.nd.na.flag")));
        Assert.Equal(Answerer.Value, dissection.Mac("icmpv6.opt.linkaddr"));
        Assert.True(FrameHeader.TryRead(reply, 1, out var header));
        Assert.Equal((vlanId ?? 1, Answerer.Value), (header.VlanId, header.Source));
        Assert.Equal(source is "::" ? 0x3333_0000_0001 : Asker.Value, header.Destination);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<int> Compare(string capture)
    {
        var dissections = await Dissection.Run(capture);
        var frames = CapturedFrame.ReadAll(capture).Frames;
        Assert.Equal(frames.Count, dissections.Count);
        for (int i = 0; i < frames.Count; i++)
        {
            byte[] frame = frames[i].Bytes;
            PacketHeader.Read(frame, frames[i].OriginalLength, out var packet);
            Assert.True(packet.State == PacketState.Complete, $"Frame {i + 1} is {packet.State}.");
            Compare(i + 1, dissections[i], packet);
            CompareMessages(dissections[i], packet, frame);
        }

        return frames.Count;
    }

    private static void Compare(int number, Dissection expected, in PacketHeader packet)
    {
        var network = packet.Network;
        Assert.Equal((number, expected.Network, expected.EtherType, expected.Protocol), (number, network, packet.EtherType, packet.Protocol));
        (string source, string destination, string hops) = network switch
        {
            NetworkProtocol.Arp => ("arp.src.proto_ipv4", "arp.dst.proto_ipv4", "arp.opcode"),
            NetworkProtocol.IPv4 => ("ip.src", "ip.dst", "ip.ttl"),
            _ => ("ipv6.src", "ipv6.dst", "ipv6.hlim"),
        };
        if (network == NetworkProtocol.Other)
        {
            return;
        }

        Assert.Equal((number, expected.IP(source), expected.IP(destination)), (number, packet.Source, packet.Destination));
        Assert.Equal((number, expected.Number(hops)), (number, network == NetworkProtocol.Arp ? packet.ArpOperation : packet.HopLimit));
        Assert.Equal((number, expected.Mac("arp.src.hw_mac"), expected.Mac("arp.dst.hw_mac")), (number, packet.ArpSenderMac, packet.ArpTargetMac));
        CompareFragment(number, expected, packet);
        CompareTransport(number, expected, packet);
    }

    private static void CompareFragment(int number, Dissection expected, in PacketHeader packet)
    {
        string[] fields = packet.Network == NetworkProtocol.IPv4
            ? ["ip.flags.mf", "ip.frag_offset", "ip.id"]
            : ["ipv6.fraghdr.more", "ipv6.fraghdr.offset", "ipv6.fraghdr.ident"];
        bool more = packet.Network != NetworkProtocol.Arp && expected.Number(fields[0]) != 0;
        bool later = packet.Network != NetworkProtocol.Arp && expected.Number(fields[1]) != 0;
        Assert.Equal((number, more || later, more && !later), (number, packet.IsFragment, packet.IsFirstFragment));
        Assert.Equal((number, more || later ? expected.Number(fields[2]) : 0), (number, packet.FragmentId));
    }

    private static void CompareTransport(int number, Dissection expected, in PacketHeader packet)
    {
        string? ports = packet.Protocol switch { 6 => "tcp", 17 => "udp", 136 => "udp", 132 => "sctp", 33 => "dccp", _ => null };
        bool hasHeader = !packet.IsFragment || packet.IsFirstFragment;
        Assert.Equal(
            (number, Field(ports is not null, $"{ports}.srcport"), Field(ports is not null, $"{ports}.dstport"), Field(ports is "tcp", "tcp.flags") & 0xFF),
            (number, packet.SourcePort, packet.DestinationPort, packet.TcpFlags));
        bool isIcmp = (packet.Network, packet.Protocol) is (NetworkProtocol.IPv4, 1) or (NetworkProtocol.IPv6, 58);
        string icmp = packet.Protocol == 1 ? "icmp" : "icmpv6";
        bool isEcho = packet.Protocol == 1 ? packet.IcmpType is 0 or 8 : packet.IcmpType is 128 or 129;
        Assert.Equal(
            (number, Field(isIcmp, $"{icmp}.type"), Field(isIcmp, $"{icmp}.code"), Field(isIcmp && isEcho, icmp is "icmp" ? "icmp.ident" : "icmpv6.echo.identifier")),
            (number, packet.IcmpType, packet.IcmpCode, packet.IcmpIdentifier));

        uint Field(bool exists, string name) => exists && hasHeader ? expected.Number(name) : 0;
    }

    private static void CompareMessages(Dissection expected, in PacketHeader packet, byte[] frame)
    {
        if (NeighborDiscovery.TryRead(packet, frame, out var message) && message.Type is 135 or 136)
        {
            Assert.Equal(expected.IP(message.Type == 135 ? "icmpv6.nd.ns.target_address" : "icmpv6.nd.na.target_address"), message.Target);
            Assert.Equal(expected.Mac("icmpv6.opt.linkaddr"), message.LinkLayerAddress ?? 0);
        }

        Assert.Equal(expected.Text("vrrp.virt_rtr_id") is not null, VrrpAdvertisement.TryRead(packet, frame, out var router));
        Assert.Equal(expected.Number("vrrp.virt_rtr_id"), router.VirtualRouterId);
        string[] addresses = expected.All(packet.Network == NetworkProtocol.IPv4 ? "vrrp.ip_addr" : "vrrp.ipv6_addr");
        Assert.Equal(addresses.Length, router.Count);
        for (int i = 0; i < router.Count; i++)
        {
            Assert.Equal(IpNumber.From(IPAddress.Parse(addresses[i])), router[i]);
        }
    }

    private string Write(params byte[][] frames)
    {
        string path = folder.File("built.pcap");
        using var sink = CaptureFileSink.Create(path, CaptureFormat.Nanosecond);
        foreach (byte[] frame in frames)
        {
            sink.Send(new Frame(frame, frame.Length, timestamp: 0));
        }

        sink.Flush();
        return path;
    }
}
