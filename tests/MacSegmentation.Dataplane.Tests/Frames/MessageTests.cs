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
        byte[] frame = Builder.IP(IPAddress.Parse("10.0.0.11"), IPAddress.Parse("224.0.0.18"), 112, Convert.FromHexString(body));
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
        byte[] frame = Builder.IP(Sender, Receiver, 112, advertisement);
        PacketHeader.Read(frame, out var packet);
        Assert.False(VrrpAdvertisement.TryRead(packet, frame, out _));
    }

    [Fact]
    public void A_packet_between_two_families_cannot_be_built() =>
        Assert.Throws<ArgumentException>(() => Builder.EchoRequest(Sender, IPAddress.Parse("10.0.0.12")));
}
