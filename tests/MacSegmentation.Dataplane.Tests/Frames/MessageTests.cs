using System.Net;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>Messages that are malformed say nothing.</summary>
public class MessageTests
{
    private const string Target = "00000000" + "fd000000000000000000000000000012";
    private const string Link = "0101020000000001";

    private static readonly FrameBuilder Builder = new(MacAddress.Parse("02:00:00:00:00:01"), MacAddress.Broadcast) { HopLimit = 255 };
    private static readonly IPAddress Sender = IPAddress.Parse("fd00::11");
    private static readonly IPAddress Receiver = IPAddress.Parse("fd00::12");

    [Theory]
    [InlineData(Target, true, null)]
    [InlineData(Target + Link, true, 0x0200_0000_0001ul)]
    [InlineData(Target + "0e01000000000000" + Link + "0201020000000009", true, 0x0200_0000_0001ul)] // a nonce, and the target's address
    [InlineData(Target + Link + Link, true, 0x0200_0000_0001ul)]
    [InlineData(Target + Link + "0101020000000002", false, null)] // two that contradict each other
    [InlineData(Target + "0102020000000001" + "0000000000000000", false, null)] // an address of 14 octets
    [InlineData(Target + "0e00000000000000", false, null)] // no length
    [InlineData(Target + "0e02000000000000", false, null)] // beyond the end
    [InlineData(Target + Link + "0e", false, null)]
    [InlineData("00000000" + "fd0000000000000000000000000000", false, null)]
    [InlineData("00000000" + "00000000000000000000ffff0a00000b", false, null)] // ::ffff:10.0.0.11
    public void Reads_a_neighbour_solicitation_or_nothing(string body, bool isRead, ulong? address)
    {
        byte[] frame = Builder.Icmp(Sender, Receiver, 135, 0, Convert.FromHexString(body));
        PacketHeader.Read(frame, out var packet);
        Assert.True(NeighborDiscovery.Is(packet));
        Assert.Equal(isRead, NeighborDiscovery.TryRead(packet, frame, out var message));
        if (isRead)
        {
            Assert.Equal((135, IpNumber.From(Receiver), address), (message.Type, message.Target, message.LinkLayerAddress));
        }
    }

    [Theory]
    [InlineData("21010101000100000a000064", 1)]
    [InlineData("31010102010100000a0000640a000065", 2)]
    [InlineData("31010102010100000a000064", 0)] // the second is not there
    [InlineData("3101010001010000", 0)] // none
    [InlineData("32010101010100000a000064", 0)] // another type
    [InlineData("41010101010100000a000064", 0)] // another version
    [InlineData("310101", 0)]
    public void Reads_a_virtual_routers_advertisement_or_nothing(string body, int count)
    {
        byte[] frame = Builder.IP(IPAddress.Parse("10.0.0.11"), IPAddress.Parse("224.0.0.18"), 112, Checked(Convert.FromHexString(body)));
        PacketHeader.Read(frame, out var packet);
        Assert.True(VrrpAdvertisement.Is(packet));
        Assert.Equal(count > 0, VrrpAdvertisement.TryRead(packet, frame, out var read));
        Assert.Equal(count, read.Count);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(IpNumber.FromIPv4(0x0A00_0064 + (uint)i), read[i]);
        }
    }

    [Fact]
    public void A_version_2_advertisement_has_IPv4_addresses_only()
    {
        byte[] advertisement = [0x21, 1, 100, 1, 0, 1, 0, 0, .. Receiver.GetAddressBytes()];
        byte[] frame = Builder.IP(Sender, Receiver, 112, VrrpMessage.Checked(advertisement, [.. Sender.GetAddressBytes(), .. Receiver.GetAddressBytes(), 0, 0, 0, 24, 0, 0, 0, 112]));
        PacketHeader.Read(frame, out var packet);
        Assert.False(VrrpAdvertisement.TryRead(packet, frame, out _));
    }

    [Theory]
    [InlineData(255, 0, true, true, true)]
    [InlineData(254, 0, true, true, false)] // over a router
    [InlineData(255, 1, true, true, false)]
    [InlineData(255, 0, false, true, false)]
    [InlineData(255, 0, true, false, false)] // no source, and a link-layer address
    public void Neighbour_discovery_is_believed_as_a_host_does(byte hopLimit, byte code, bool isSumRight, bool hasSource, bool isBelieved)
    {
        var sender = hasSource ? Sender : IPAddress.IPv6Any;
        foreach (byte type in new byte[] { 133, 135, 136 })
        {
            byte[] body = Convert.FromHexString(type == 133 ? "00000000" + Link : Target + (type == 136 ? "02" + Link[2..] : Link));
            byte[] frame = new FrameBuilder(MacAddress.Parse("02:00:00:00:00:01"), MacAddress.Broadcast) { HopLimit = hopLimit }.Icmp(sender, IPAddress.Parse("ff02::1"), type, code, body);
            frame[56] ^= (byte)(isSumRight ? 0 : 1);
            PacketHeader.Read(frame, out var packet);
            Assert.Equal(isBelieved || (type == 136 && !hasSource), NeighborDiscovery.TryRead(packet, frame, out _));
            Assert.NotEmpty(NeighborDiscovery.DescribeFault(packet, frame));
        }
    }

    [Theory]
    [InlineData(134, "fe80::1", true)]
    [InlineData(134, "fd00::11", false)] // a router speaks from a link-local address (RFC 4861 section 6.1.2)
    [InlineData(137, "fe80::1", true)]
    [InlineData(137, "fd00::11", false)]
    public void A_router_speaks_from_a_link_local_address(byte type, string source, bool isBelieved)
    {
        byte[] body = type == 134 ? new byte[12] : Convert.FromHexString(Target + "fd000000000000000000000000000012");
        byte[] frame = Builder.Icmp(IPAddress.Parse(source), IPAddress.Parse("ff02::1"), type, 0, body);
        PacketHeader.Read(frame, out var packet);
        Assert.Equal(isBelieved, NeighborDiscovery.TryRead(packet, frame, out _));
    }

    [Theory]
    [InlineData("ff02::5", "ff02::1", "00000000", false)] // a group is nobody
    [InlineData("fd00::12", "ff02::1", "40000000", false)] // an answer goes to who asked
    [InlineData("fd00::12", "fd00::12", "40000000", true)]
    public void An_advertisement_is_of_one_address_and_for_who_asked(string target, string to, string flags, bool isBelieved)
    {
        byte[] frame = Builder.Icmp(Sender, IPAddress.Parse(to), 136, 0, [.. Convert.FromHexString(flags), .. IPAddress.Parse(target).GetAddressBytes()]);
        PacketHeader.Read(frame, out var packet);
        Assert.Equal(isBelieved, NeighborDiscovery.TryRead(packet, frame, out _));
    }

    [Theory]
    [InlineData(255, true, true)]
    [InlineData(254, true, false)]
    [InlineData(255, false, false)]
    public void A_virtual_router_is_believed_from_the_link_and_with_a_right_checksum(byte hopLimit, bool isSumRight, bool isBelieved)
    {
        var (four, group) = (IPAddress.Parse("10.0.0.11"), IPAddress.Parse("224.0.0.18"));
        byte[][] messages =
        [
            VrrpMessage.Version3(four, group, IPAddress.Parse("10.0.0.100")),
            VrrpMessage.Checked(Convert.FromHexString("31010101010100000a000064")), // a router that leaves out the pseudo header
            VrrpMessage.Checked(Convert.FromHexString("21010101010100000a0000640000000000000000")),
        ];
        foreach (byte[] message in messages)
        {
            message[5] ^= (byte)(isSumRight ? 0 : 1);
            byte[] frame = new FrameBuilder(MacAddress.Parse("02:00:00:00:00:01"), MacAddress.Broadcast) { HopLimit = hopLimit }.IP(four, group, 112, message);
            PacketHeader.Read(frame, out var packet);
            Assert.Equal(isBelieved, VrrpAdvertisement.TryRead(packet, frame, out _));
            Assert.NotEmpty(VrrpAdvertisement.DescribeFault(packet, frame));
        }

        byte[] six = new FrameBuilder(MacAddress.Parse("02:00:00:00:00:01"), MacAddress.Broadcast) { HopLimit = hopLimit }
            .IP(Sender, IPAddress.Parse("ff02::12"), 112, VrrpMessage.Version3(Sender, IPAddress.Parse("ff02::12"), IPAddress.Parse("fd00::100")));
        six[60] ^= (byte)(isSumRight ? 0 : 1);
        PacketHeader.Read(six, out var read);
        Assert.Equal(isBelieved, VrrpAdvertisement.TryRead(read, six, out _));
    }

    private static byte[] Checked(byte[] message) => message.Length < 8 ? message : VrrpMessage.Checked(message);

    [Fact]
    public void A_packet_between_two_families_cannot_be_built() =>
        Assert.Throws<ArgumentException>(() => Builder.EchoRequest(Sender, IPAddress.Parse("10.0.0.12")));
}
