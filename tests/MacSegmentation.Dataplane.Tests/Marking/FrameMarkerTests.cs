using System.Buffers.Binary;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Marking;

/// <summary>What is marked differs in the marks and the checksums that they are in, and is a copy.</summary>
public class FrameMarkerTests
{
    private const int Ipv4 = 14;
    private const int TcpOfIpv4 = 34;
    private const int Plain = 14;

    private static readonly FrameMarking Nothing = new(null, null, null, null, TakesEcnOut: false);
    private static readonly FrameMarking Everything = new(5, 46, 1200, 3, TakesEcnOut: true);

    private readonly FrameMarker marker = new();

    [Fact]
    public void A_frame_without_a_tag_gets_one_of_its_priority_and_no_vlan()
    {
        byte[] frame = Segment("10.0.0.1", "10.0.0.2");
        byte[] marked = Mark(frame, Nothing with { Priority = 6 });
        Assert.Equal([.. frame[..12], 0x81, 0, 0xC0, 0, .. frame[12..]], marked);
    }

    [Fact]
    public void A_tag_keeps_its_vlan_and_gets_the_priority()
    {
        byte[] frame = Segment("10.0.0.1", "10.0.0.2", vlan: 0x1234 & 0xFFF);
        frame[14] |= 0xE0;
        byte[] marked = Mark(frame, Nothing with { Priority = 1 });
        Assert.Equal([.. frame[..14], 0x22, 0x34, .. frame[16..]], marked);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.2")]
    [InlineData("fd00::1", "fd00::2")]
    public void All_checksums_are_right_afterwards(string from, string to)
    {
        var random = new Random(1);
        foreach (byte[] options in new byte[][]
        {
            [2, 4, 5, 180, 1, 3, 3, 7],
            [1, 3, 3, 14, 2, 4, 5, 180],
            [1, 2, 4, 0xFF, 0xFF, 3, 3, 4],
            [4, 2, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8, 2, 4, 5, 180, 1, 3, 3, 9],
        })
        {
            for (int i = 0; i < 50; i++)
            {
                byte[] frame = Segment(from, to, options: options, flags: 0xC2, sourcePort: random.Next(65_536));
                CongestionMark.SetTrafficClass(frame.AsSpan(14), isIPv4: !from.Contains(':', StringComparison.Ordinal), 0xFF, random.Next(256));
                byte[] marked = Mark(frame, Everything);
                PacketHeader.Read(marked, out var packet);
                AssertChecksums(marked, packet);
                Assert.Equal((46 << 2, 0x02), (TrafficClassOf(marked, packet), packet.TcpFlags & 0xC2));
                Assert.Equal((1200, 3), Options(marked, packet));
                Assert.Equal(5, marked[14] >> 5);
            }
        }
    }

    [Fact]
    public void What_is_within_the_limits_stays()
    {
        byte[] frame = Segment("10.0.0.1", "10.0.0.2", options: [2, 4, 4, 176, 1, 3, 3, 2]);
        Assert.Equal(frame, Mark(frame, Nothing with { MaxSegmentSize = 1200, MaxWindowScale = 2 }));
    }

    /// <summary>Of a connection only its first segments have these options; of a later one the flags are answers to what was agreed.</summary>
    [Fact]
    public void A_later_segment_keeps_its_flags_and_options()
    {
        byte[] frame = Segment("10.0.0.1", "10.0.0.2", options: [2, 4, 5, 180, 1, 3, 3, 7], flags: 0xD0);
        frame[Ipv4 + 1] = 0;
        byte[] marked = Mark(frame, Everything with { Priority = null, Dscp = null });
        Assert.Equal(frame, marked);
    }

    /// <summary>A checksum that was wrong before stays wrong: who receives it must find that out.</summary>
    [Fact]
    public void What_was_damaged_stays_damaged()
    {
        byte[] frame = Segment("10.0.0.1", "10.0.0.2", options: [2, 4, 5, 180, 1, 3, 3, 7]);
        frame[TcpOfIpv4 + 16] ^= 0x40;
        byte[] marked = Mark(frame, Everything with { Priority = null });
        Assert.False(InternetChecksum.IsRight(Number(marked, 26), Number(marked, 30), 6, marked.AsSpan(TcpOfIpv4, 28)));
        Assert.True(InternetChecksum.IsRight(marked.AsSpan(Ipv4, 20)));
    }

    [Fact]
    public void Options_that_do_not_end_do_no_harm()
    {
        foreach (byte[] options in new byte[][] { [2, 0, 5, 180], [2, 200, 5, 180], [3, 1, 1, 1], [0, 2, 4, 5], [1, 1, 1, 2], [2, 4, 5, 180, 254, 3, 3, 0] })
        {
            byte[] frame = Segment("fd00::1", "fd00::2", options: options);
            PacketHeader.Read(Mark(frame, Nothing with { MaxSegmentSize = 88, MaxWindowScale = 0 }), out var packet);
            Assert.Equal(PacketState.Complete, packet.State);
        }
    }

    /// <summary>Cut at each place, by a capture that has less than there was.</summary>
    [Fact]
    public void What_was_captured_short_is_marked_as_far_as_it_goes()
    {
        byte[] frame = Segment("fd00::1", "fd00::2", options: [2, 4, 5, 180, 1, 3, 3, 7]);
        for (int length = 14; length < frame.Length; length++)
        {
            var marked = marker.Mark(frame.AsSpan(0, length), frame.Length, Everything);
            Assert.Equal(length + 4, marked.Length);
        }
    }

    [Fact]
    public void All_kinds_of_frames_come_through()
    {
        foreach (byte[] frame in BuiltFrames.All)
        {
            byte[] before = [.. frame];
            byte[] marked = Mark(frame, Everything);
            Assert.Equal(before, frame);
            Assert.Equal(frame[..12], marked[..12]);
            PacketHeader.Read(frame, out var packet);
            PacketHeader.Read(marked, out var after);
            Assert.Equal((packet.Network, packet.Protocol, packet.SourcePort, packet.State), (after.Network, after.Protocol, after.SourcePort, after.State));
        }
    }

    [Fact]
    public void A_congestion_mark_is_set_where_the_transport_can_take_it()
    {
        foreach (string family in new[] { "10.0.0.", "fd00::" })
        {
            for (int code = 0; code < 4; code++)
            {
                byte[] frame = Segment($"{family}1", $"{family}2");
                CongestionMark.SetTrafficClass(frame.AsSpan(Plain), family[0] == '1', 0xFF, 0xB8 | code);
                Assert.Equal(code != 0, CongestionMark.CanSet(frame));
                Assert.Equal(code != 0, CongestionMark.TrySet(frame));
                PacketHeader.Read(frame, out var packet);
                Assert.Equal(0xB8 | (code == 0 ? 0 : 3), TrafficClassOf(frame, packet));
                AssertChecksums(frame, packet);
            }
        }

        Assert.False(CongestionMark.CanSet(BuiltFrames.All.First()));
    }

    private static byte[] Segment(string from, string to, int? vlan = null, byte[]? options = null, byte flags = 2, int sourcePort = 40_000)
    {
        var builder = new FrameBuilder(MacAddress.Parse("02:00:00:00:00:01"), MacAddress.Parse("02:00:00:00:00:02"), vlan);
        options ??= [];
        byte[] segment = new byte[20 + options.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), 443);
        segment[12] = (byte)((segment.Length / 4) << 4);
        segment[13] = flags;
        options.CopyTo(segment, 20);
        var (source, destination) = (IPAddress.Parse(from), IPAddress.Parse(to));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), InternetChecksum.Compute(IpNumber.From(source), IpNumber.From(destination), 6, segment));
        return builder.IP(source, destination, 6, segment);
    }

    private static UInt128 Number(byte[] frame, int at) => IpNumber.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(at)));

    private static int TrafficClassOf(byte[] frame, in PacketHeader packet) => packet.Network == NetworkProtocol.IPv4
        ? frame[packet.NetworkOffset + 1]
        : (BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(packet.NetworkOffset)) >> 4) & 0xFF;

    private static (int SegmentSize, int WindowScale) Options(byte[] frame, in PacketHeader packet)
    {
        var (size, scale) = (0, 0);
        int end = packet.TransportOffset + ((frame[packet.TransportOffset + 12] >> 4) * 4);
        for (int at = packet.TransportOffset + 20; at < end; at += frame[at] == 1 ? 1 : frame[at + 1])
        {
            size = frame[at] == 2 ? BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(at + 2)) : size;
            scale = frame[at] == 3 ? frame[at + 2] : scale;
        }

        return (size, scale);
    }

    private static void AssertChecksums(byte[] frame, in PacketHeader packet)
    {
        Assert.Equal(PacketState.Complete, packet.State);
        Assert.True(packet.Network == NetworkProtocol.IPv6 || InternetChecksum.IsRight(frame.AsSpan(packet.NetworkOffset, 20)));
        Assert.True(InternetChecksum.IsRight(packet.Source, packet.Destination, 6, frame.AsSpan(packet.TransportOffset, packet.End - packet.TransportOffset)));
    }

    private byte[] Mark(byte[] frame, FrameMarking marking) => marker.Mark(frame, frame.Length, marking).ToArray();
}
