using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Reflection;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>Nothing is believed that is not there: every prefix of valid frames, and every form of fragment that hides a header.</summary>
public class PacketTruncationTests
{
    private static readonly PropertyInfo[] Told = typeof(PacketHeader).GetProperties();
    private static readonly MacAddress Sender = MacAddress.Parse("02:00:00:00:00:01");
    private static readonly FrameBuilder Builder = new(Sender, MacAddress.Broadcast);

    public static TheoryData<string> BuiltFrame => [.. BuiltFrames.All.Select(Convert.ToHexString).Distinct()];

    [Theory]
    [MemberData(nameof(BuiltFrame))]
    public void A_frame_that_ends_within_its_packet_is_never_complete(string hex)
    {
        byte[] frame = Convert.FromHexString(hex);
        PacketHeader.Read(frame, out var whole);
        Assert.Equal(PacketState.Complete, whole.State);
        int headers = whole.Network == NetworkProtocol.Other ? whole.NetworkOffset : whole.End;
        for (int length = 0; length < frame.Length; length++)
        {
            PacketHeader.Read(frame.AsSpan(0, length), out var packet);
            Assert.Equal((length, length >= headers), (length, packet.State == PacketState.Complete));
            if (length >= headers)
            {
                Assert.Equal(Tell(whole), Tell(packet));
            }
        }
    }

    [Theory]
    [MemberData(nameof(BuiltFrame))]
    public void A_frame_that_was_captured_in_part_tells_the_same_as_soon_as_its_headers_are_there(string hex)
    {
        byte[] frame = Convert.FromHexString(hex);
        PacketHeader.Read(frame, out var whole);
        int headers = HeadersEnd(whole);
        for (int length = 0; length < frame.Length; length++)
        {
            PacketHeader.Read(frame.AsSpan(0, length), frame.Length, out var packet);
            if (headers >= 0)
            {
                Assert.Equal((length, length >= headers), (length, packet.State == PacketState.Complete));
            }

            if (packet.State == PacketState.Complete)
            {
                Assert.Equal(Tell(whole), Tell(packet));
            }
        }
    }

    [Theory]
    [InlineData("10.0.0.11", "10.0.0.12")]
    [InlineData("fd00::11", "fd00::12")]
    public void A_first_fragment_has_the_whole_transport_header(string sender, string receiver)
    {
        byte[] tcpWithOptions = [.. new byte[12], 7 << 4, 2, .. new byte[18]];
        foreach ((byte protocol, byte[] upper, int header) in new[]
        {
            ((byte)6, tcpWithOptions, 28), ((byte)17, new byte[32], 8), ((byte)136, new byte[32], 8), ((byte)132, new byte[32], 12),
            ((byte)33, new byte[32], 12), (sender.Contains(':') ? (byte)58 : (byte)1, new byte[32], 8), ((byte)47, new byte[32], 0),
        })
        {
            for (int length = 0; length <= upper.Length; length++)
            {
                Assert.Equal(
                    (protocol, length, length < header ? PacketState.TruncatedTransport : PacketState.Complete),
                    (protocol, length, Fragment(sender, receiver, protocol, upper[..length], offset: 0, more: true)));
            }

            // RFC 3128: what begins within the header would overwrite it.
            for (int offset = 1; offset < 5; offset++)
            {
                bool overwrites = protocol switch { 6 => offset < 3, 132 or 33 => offset < 2, _ => false };
                Assert.Equal(
                    (protocol, offset, overwrites ? PacketState.TruncatedTransport : PacketState.Complete),
                    (protocol, offset, Fragment(sender, receiver, protocol, upper, offset, more: false)));
            }
        }
    }

    [Fact]
    public void Padding_is_not_the_packet()
    {
        byte[] frame = Builder.IP(IPAddress.Parse("10.0.0.11"), IPAddress.Parse("10.0.0.12"), 17, [0, 67, 0, 68]);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(38), 0x0008_0000);
        PacketHeader.Read(frame, out var packet);
        Assert.Equal((60, PacketState.TruncatedTransport, 0), (frame.Length, packet.State, packet.SourcePort));
    }

    [Theory]
    [InlineData(14, 0x44)] // a header of 16 octets
    [InlineData(14, 0x4F)] // options that are not there
    [InlineData(14, 0x65)] // IPv6 in IPv4's type
    [InlineData(14, 0x05)]
    [InlineData(17, 19)] // less than the header
    [InlineData(17, 47)] // more than the frame
    public void An_IPv4_header_that_contradicts_itself_is_not_read(int offset, byte value)
    {
        byte[] frame = Builder.EchoRequest(IPAddress.Parse("10.0.0.11"), IPAddress.Parse("10.0.0.12"));
        frame[offset] = value;
        PacketHeader.Read(frame, out var packet);
        Assert.Equal((NetworkProtocol.IPv4, PacketState.TruncatedNetwork, 0), (packet.Network, packet.State, packet.TransportOffset));
    }

    [Theory]
    [InlineData(14, 0x45)] // IPv4 in IPv6's type
    [InlineData(19, 200)] // more than the frame
    [InlineData(32, 0xFF)] // ::ffff:0.0.0.0
    public void An_IPv6_header_that_contradicts_itself_is_not_read(int offset, byte value)
    {
        byte[] frame = Builder.EchoRequest(IPAddress.Parse("::ff:0:0"), IPAddress.Parse("fd00::12"));
        PacketHeader.Read(frame, out var packet);
        Assert.Equal(PacketState.Complete, packet.State);
        frame[offset] = value;
        PacketHeader.Read(frame, out packet);
        Assert.Equal((NetworkProtocol.IPv6, PacketState.TruncatedNetwork, 0), (packet.Network, packet.State, packet.TransportOffset));
    }

    [Theory]
    [InlineData(16, PacketState.Complete)]
    [InlineData(17, PacketState.TruncatedNetwork)]
    public void A_chain_of_extension_headers_has_an_end(int count, PacketState state)
    {
        // Destination options, and a mobility header as the last one.
        byte[] option = [60, 0, 1, 4, 0, 0, 0, 0];
        byte[] chain =
        [
            .. Enumerable.Repeat(option, count - 2).SelectMany(octets => octets), 135, .. option[1..], 17, .. option[1..],
            0, 67, 0, 68, 0, 8, 0, 0,
        ];
        PacketHeader.Read(Builder.IP(IPAddress.Parse("fd00::11"), IPAddress.Parse("fd00::12"), 60, chain), out var packet);
        Assert.Equal((state, state == PacketState.Complete ? 67 : 0), (packet.State, packet.SourcePort));
    }

    [Fact]
    public void A_fragment_within_a_fragment_is_not_read()
    {
        byte[] fragments = [44, 0, 0, 1, 0, 0, 0, 1, 17, 0, 0, 1, 0, 0, 0, 2, 0, 67, 0, 68, 0, 8, 0, 0];
        PacketHeader.Read(Builder.IP(IPAddress.Parse("fd00::11"), IPAddress.Parse("fd00::12"), 44, fragments), out var packet);
        Assert.Equal((PacketState.TruncatedNetwork, 0), (packet.State, packet.SourcePort));
    }

    [Theory]
    [InlineData(16, 0x86)] // protocol type
    [InlineData(18, 8)] // length of a hardware address
    [InlineData(19, 16)] // length of a protocol address
    public void Arp_between_other_addresses_is_not_read(int offset, byte value)
    {
        byte[] frame = Builder.Arp(1, IPAddress.Parse("10.0.0.11"), IPAddress.Parse("10.0.0.12"));
        frame[offset] = value;
        PacketHeader.Read(frame, out var packet);
        Assert.Equal((NetworkProtocol.Arp, PacketState.TruncatedNetwork, 0ul), (packet.Network, packet.State, packet.ArpSenderMac));
    }

    private static PacketState Fragment(string sender, string receiver, byte protocol, byte[] payload, int offset, bool more)
    {
        var source = IPAddress.Parse(sender);
        byte[] frame;
        if (sender.Contains(':'))
        {
            int field = (offset << 3) | (more ? 1 : 0);
            frame = Builder.IP(source, IPAddress.Parse(receiver), 44, [protocol, 0, (byte)(field >> 8), (byte)field, 0, 0, 0, 1, .. payload]);
        }
        else
        {
            frame = Builder.IP(source, IPAddress.Parse(receiver), protocol, payload);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(20), (ushort)(offset | (more ? 0x2000 : 0)));
        }

        PacketHeader.Read(frame, out var packet);
        Assert.Equal((true, offset == 0), (packet.IsFragment, packet.IsFirstFragment));
        Assert.Equal(packet.State == PacketState.Complete && offset == 0, packet.TransportOffset != 0);
        return packet.State;
    }

    /// <summary>Where the last header ends that is read; -1 where that is not the transport header's end.</summary>
    private static int HeadersEnd(in PacketHeader packet) => packet switch
    {
        { Network: NetworkProtocol.Other } => packet.NetworkOffset,
        { Network: NetworkProtocol.Arp } => packet.NetworkOffset + 28,
        { TransportOffset: 0 } => -1,
        { Protocol: 6 } => packet.TransportOffset + 20,
        { Protocol: 17 or 1 or 58 } => packet.TransportOffset + 8,
        { Protocol: 132 or 33 } => packet.TransportOffset + 12,
        _ => packet.TransportOffset,
    };

    private static string Tell(PacketHeader packet) =>
        string.Join(", ", Told.Select(property => string.Create(CultureInfo.InvariantCulture, $"{property.Name} {property.GetValue(packet)}")));
}
