using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

public class PacketHeaderTests
{
    // The frames are what the standards draw, by hand.
    private const string Ethernet = "020000000002020000000001";
    private const string IPv4Tcp = Ethernet + "0800" + "45000028123440004006000" + "00a00000b0a00000c" + "c00001bb00000001000000005002ffff00000000";
    private const string IPv6Udp = Ethernet + "86dd" + "60000000000811ff" + "fe800000000000000000000000000001" + "ff020000000000000000000000000002" + "022202230008abcd";
    private const string ArpRequest = Ethernet + "0806" + "0001080006040001" + "0200000000010a00000b" + "0000000000000a00000c";

    private static readonly Gen<byte[]> Frames =
        from type in Gen.Elements("0800", "86dd", "0806", "8100000a0800", "88a8000a8100000086dd", "8100", "0020aaaa030000000800", "0000")
        from start in Gen.Elements(string.Empty, "45", "46", "6000000000", "6000000000283c")
        from octets in ArbMap.Default.GeneratorFor<byte[]>()
        from length in Gen.Choose(0, 120)
        from rest in Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0, 43, 44, 51, 60, 58, 17, 6)), length)
        select (byte[])[.. Convert.FromHexString(Ethernet + type + start), .. octets, .. rest.Select(octet => (byte)octet)];

    [Fact]
    public void Any_octets_are_read_without_a_failure_and_offsets_lie_in_the_frame() => Prop.ForAll(Frames.ToArbitrary(), frame =>
    {
        for (int length = 0; length <= frame.Length; length++)
        {
            PacketHeader.Read(frame.AsSpan(0, length).ToArray(), out var packet);
            Assert.InRange(packet.NetworkOffset, 0, length);
            Assert.InRange(packet.TransportOffset, 0, length);
            Assert.InRange(packet.End, 0, length);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reads_tcp_over_IPv4()
    {
        PacketHeader.Read(Convert.FromHexString(IPv4Tcp), out var packet);
        Assert.Equal((NetworkProtocol.IPv4, PacketState.Complete, 14, 34), (packet.Network, packet.State, packet.NetworkOffset, packet.TransportOffset));
        Assert.Equal(IpNumber.FromIPv4(0x0A00000B), packet.Source);
        Assert.Equal(IpNumber.FromIPv4(0x0A00000C), packet.Destination);
        Assert.Equal((6, 0xC000, 443, 2, 64), (packet.Protocol, packet.SourcePort, packet.DestinationPort, packet.TcpFlags, packet.HopLimit));
        Assert.False(packet.IsFragment);
    }

    [Fact]
    public void Reads_udp_over_IPv6()
    {
        PacketHeader.Read(Convert.FromHexString(IPv6Udp), out var packet);
        Assert.Equal((NetworkProtocol.IPv6, PacketState.Complete, 54), (packet.Network, packet.State, packet.TransportOffset));
        Assert.Equal(new UInt128(0xFE80_0000_0000_0000, 1), packet.Source);
        Assert.Equal(new UInt128(0xFF02_0000_0000_0000, 2), packet.Destination);
        Assert.Equal((17, 546, 547, 255), (packet.Protocol, packet.SourcePort, packet.DestinationPort, packet.HopLimit));
    }

    [Fact]
    public void Reads_arp()
    {
        PacketHeader.Read(Convert.FromHexString(ArpRequest), out var packet);
        Assert.Equal((NetworkProtocol.Arp, PacketState.Complete, 1), (packet.Network, packet.State, packet.ArpOperation));
        Assert.Equal((0x0200_0000_0001ul, 0ul), (packet.ArpSenderMac, packet.ArpTargetMac));
        Assert.Equal((IpNumber.FromIPv4(0x0A00000B), IpNumber.FromIPv4(0x0A00000C)), (packet.Source, packet.Destination));
    }
}
