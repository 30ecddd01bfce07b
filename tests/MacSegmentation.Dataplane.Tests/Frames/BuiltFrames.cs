using System.Buffers.Binary;
using System.Net;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>One valid frame of every kind that a <see cref="PacketHeader"/> tells apart.</summary>
internal static class BuiltFrames
{
    private static readonly MacAddress Sender = MacAddress.Parse("02:00:00:00:00:01");
    private static readonly MacAddress Receiver = MacAddress.Parse("02:00:00:00:00:02");
    private static readonly FrameBuilder Plain = new(Sender, Receiver);
    private static readonly FrameBuilder Tagged = new(Sender, Receiver, 10) { HopLimit = 255 };
    private static readonly IPAddress SenderV4 = IPAddress.Parse("10.0.0.11");
    private static readonly IPAddress ReceiverV4 = IPAddress.Parse("10.0.0.12");
    private static readonly IPAddress SenderV6 = IPAddress.Parse("fd00::11");
    private static readonly IPAddress ReceiverV6 = IPAddress.Parse("fd00::12");

    public static IEnumerable<byte[]> All =>
    [
        Plain.Ethernet(0x88B5, [1, 2, 3]),
        Plain.Arp(1, SenderV4, ReceiverV4),
        Tagged.Arp(2, SenderV4, ReceiverV4),
        .. OfFamily(Plain, SenderV4, ReceiverV4),
        .. OfFamily(Tagged, SenderV4, ReceiverV4),
        .. OfFamily(Plain, SenderV6, ReceiverV6),
        .. OfFamily(Tagged, SenderV6, ReceiverV6),
        .. OfIPv6(Plain),
        .. OfIPv6(Tagged),
        Fragment(Plain.Udp(SenderV4, ReceiverV4, 5000, 53, new byte[32]), 0x2000),
        Fragment(Plain.Udp(SenderV4, ReceiverV4, 5000, 53, new byte[32]), 0x2005),
        Fragment(Plain.Udp(SenderV4, ReceiverV4, 5000, 53, new byte[32]), 0x00B9),
        WithOptions(Plain.Tcp(SenderV4, ReceiverV4, 40_000, 443)),
    ];

    private static IEnumerable<byte[]> OfFamily(FrameBuilder builder, IPAddress sender, IPAddress receiver) =>
    [
        builder.Tcp(sender, receiver, 40_000, 443),
        builder.Tcp(sender, receiver, 40_000, 443, flags: 0x18),
        builder.Udp(sender, receiver, 5000, 53),
        builder.Udp(sender, receiver, 5000, 53, [1, 2, 3]),
        builder.Udp(sender, receiver, 40_123, 40_124, new byte[1400]),
        builder.EchoRequest(sender, receiver, 4711),
        builder.EchoReply(sender, receiver, 4711),
        builder.Icmp(sender, receiver, 3, 1, new byte[4]),

        // SCTP INIT ACK without a chunk, DCCP request, ESP, GRE without payload.
        builder.IP(sender, receiver, 132, [0x9C, 0x40, 0x0B, 0x59, 0, 0, 0, 1, 0, 0, 0, 0]),
        builder.IP(sender, receiver, 33, [0x9C, 0x40, 0x13, 0x88, 5, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2]),
        builder.IP(sender, receiver, 50, new byte[24]),
        builder.IP(sender, receiver, 47, [0, 0, 0x88, 0xB5]),
    ];

    private static IEnumerable<byte[]> OfIPv6(FrameBuilder builder)
    {
        byte[] target = IPAddress.Parse("fd00::12").GetAddressBytes();
        byte[] link = [1, 1, 2, 0, 0, 0, 0, 1];
        byte[] datagram = [0x13, 0x88, 0, 53, 0, 12, 0, 0, 1, 2, 3, 4];
        byte[] padding = [0, 1, 4, 0, 0, 0, 0];
        return
        [
            builder.Icmp(SenderV6, ReceiverV6, 135, 0, [0, 0, 0, 0, .. target, .. link]),
            builder.Icmp(SenderV6, ReceiverV6, 136, 0, [0x60, 0, 0, 0, .. target, 2, .. link[1..]]),
            builder.Icmp(IPAddress.IPv6Any, ReceiverV6, 135, 0, [0, 0, 0, 0, .. target]),
            builder.IP(SenderV6, ReceiverV6, 0, [58, .. padding, .. Message(SenderV6, ReceiverV6, 128)]),
            builder.IP(SenderV6, ReceiverV6, 0, [60, .. padding, 43, .. padding, 58, 0, 0, 0, 0, 0, 0, 0, .. Message(SenderV6, ReceiverV6, 129)]),
            builder.IP(SenderV6, ReceiverV6, 51, [132, 4, .. new byte[22], 0x9C, 0x40, 0x0B, 0x59, 0, 0, 0, 1, 0, 0, 0, 0]),
            builder.IP(SenderV6, ReceiverV6, 59, []),
            builder.IP(SenderV6, ReceiverV6, 44, [17, 0, 0, 1, 0, 0, 0, 7, .. datagram]),
            builder.IP(SenderV6, ReceiverV6, 44, [17, 0, 0, 9, 0, 0, 0, 7, .. datagram]),
            builder.IP(SenderV6, ReceiverV6, 44, [17, 0, 5, 0xC8, 0, 0, 0, 7, .. datagram]),
            builder.IP(SenderV6, ReceiverV6, 44, [58, 0, 0, 0, 0, 0, 0, 7, .. Message(SenderV6, ReceiverV6, 128)]),
            builder.IP(SenderV6, ReceiverV6, 0, [44, .. padding, 60, 0, 0, 1, 0, 0, 0, 7, 17, .. padding, .. datagram]),
        ];
    }

    /// <summary>An echo message with its checksum, taken out of a frame of its own.</summary>
    private static byte[] Message(IPAddress sender, IPAddress receiver, byte type) =>
        Plain.Icmp(sender, receiver, type, 0, [0x12, 0x34, 0, 1])[54..62];

    private static byte[] Fragment(byte[] frame, ushort field)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(18), 0x1234);
        return WithField(frame, 20, field);
    }

    /// <summary>Four octets of options between the IPv4 header and the rest.</summary>
    private static byte[] WithOptions(byte[] frame)
    {
        byte[] longer = [.. frame[..34], 1, 1, 1, 0, .. frame[34..]];
        longer[14] = 0x46;
        longer[17] += 4;
        return WithField(longer, 20, 0x4000);
    }

    /// <summary>Changes a field of the IPv4 header, and the checksum with it.</summary>
    private static byte[] WithField(byte[] frame, int offset, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(offset), value);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(24), 0);
        int length = (frame[14] & 0xF) * 4;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(24), InternetChecksum.Compute(frame.AsSpan(14, length)));
        return frame;
    }
}
