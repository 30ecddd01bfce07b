using System.Buffers.Binary;

namespace MacSegmentation.Frames;

/// <summary>
/// Writes what tells a sender that its packet is too big: ICMP destination unreachable, fragmentation needed and DF set (RFC 792, with the MTU of RFC 1191 section 4), or ICMPv6 packet too big (RFC 4443
/// section 3.2).
/// </summary>
internal static class TooBigBuilder
{
    /// <summary>Octets of the longest message with its frame and 10 tags: one of IPv6 has no more than the least MTU, 1,280 octets.</summary>
    public const int MaxFrameLength = 1280 + FrameHeader.UntaggedLength + (10 * TagStack.TagLength);

    private const int IPv4HeaderLength = 20;
    private const int IPv6HeaderLength = 40;
    private const int MessageHeaderLength = 8;

    /// <summary>Octets of a message of ICMP at most, its IP header included (RFC 1812 section 4.3.2.3).</summary>
    private const int MaxIPv4Length = 576;

    /// <summary>The same of ICMPv6: the least MTU (RFC 4443 section 2.4).</summary>
    private const int MaxIPv6Length = 1280;

    private const int FragmentationNeeded = 4;
    private const int FragmentOffset = 0x1FFF;
    private const byte HopLimit = 64;

    /// <summary>The precedence of error messages (RFC 1812 section 4.3.2.5).</summary>
    private const byte InternetworkControl = 6 << 5;

    /// <summary>Writes the message, from the address that the packet was for, as a bridge has none of its own (Linux's tunnels do the same).</summary>
    /// <param name="frame">The frame that is too big.</param>
    /// <param name="packet">Its headers.</param>
    /// <param name="mtu">Octets of the longest packet that fits.</param>
    /// <param name="reply">Takes the frame.</param>
    /// <returns>
    /// The message's length in octets; 0 if none may be sent: the frame is no IP, it or its packet is for a group or from none, it is a later fragment, or an error message itself (RFC 1122 section 3.2.2, RFC 4443 section 2.4).
    /// </returns>
    public static int Write(ReadOnlySpan<byte> frame, in PacketHeader packet, int mtu, Span<byte> reply)
    {
        bool isV4 = packet.Network == NetworkProtocol.IPv4;
        if ((!isV4 && packet.Network != NetworkProtocol.IPv6) || packet.State == PacketState.TruncatedNetwork || ((frame[0] | frame[6]) & 1) != 0)
        {
            return 0;
        }

        var quoted = frame[packet.NetworkOffset..packet.End];
        if ((packet.IsFragment && !packet.IsFirstFragment) || IsError(packet, isV4) || !IsOfOneHost(quoted, isV4))
        {
            return 0;
        }

        int headerLength = isV4 ? IPv4HeaderLength : IPv6HeaderLength;
        quoted = quoted[..Math.Min(quoted.Length, (isV4 ? MaxIPv4Length : MaxIPv6Length) - headerLength - MessageHeaderLength)];
        int length = EthernetHeader.WriteReply(
            frame,
            BinaryPrimitives.ReadUInt64BigEndian(frame[6..]) >> 16,
            BinaryPrimitives.ReadUInt64BigEndian(frame) >> 16,
            isV4 ? EtherTypes.IPv4 : EtherTypes.IPv6,
            headerLength + MessageHeaderLength + quoted.Length,
            reply,
            out int offset);
        if (length == 0)
        {
            return 0;
        }

        var header = reply[offset..];
        var message = header.Slice(headerLength, MessageHeaderLength + quoted.Length);
        quoted.CopyTo(message[MessageHeaderLength..]);
        if (isV4)
        {
            WriteV4(header, message, quoted, mtu);
        }
        else
        {
            WriteV6(header, message, quoted, packet, mtu);
        }

        return length;
    }

    private static void WriteV4(Span<byte> header, Span<byte> message, ReadOnlySpan<byte> quoted, int mtu)
    {
        header[0] = 0x45;
        header[1] = InternetworkControl;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(IPv4HeaderLength + message.Length));
        header[8] = HopLimit;
        header[9] = ProtocolNumbers.Icmp;
        quoted.Slice(16, 4).CopyTo(header[12..]);
        quoted.Slice(12, 4).CopyTo(header[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], InternetChecksum.Compute(header[..IPv4HeaderLength]));
        message[0] = IcmpTypes.DestinationUnreachable;
        message[1] = FragmentationNeeded;
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], (ushort)Math.Min(mtu, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Compute(message));
    }

    private static void WriteV6(Span<byte> header, Span<byte> message, ReadOnlySpan<byte> quoted, in PacketHeader packet, int mtu)
    {
        header[0] = 6 << 4;
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)message.Length);
        header[6] = ProtocolNumbers.IcmpV6;
        header[7] = HopLimit;
        quoted.Slice(24, 16).CopyTo(header[8..]);
        quoted.Slice(8, 16).CopyTo(header[24..]);
        message[0] = IcmpTypes.PacketTooBig;
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], (uint)mtu);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Compute(packet.Destination, packet.Source, ProtocolNumbers.IcmpV6, message));
    }

    private static bool IsError(in PacketHeader packet, bool isV4) => packet.TransportOffset != 0 && (isV4
        ? packet.Protocol == ProtocolNumbers.Icmp && packet.IcmpType is IcmpTypes.DestinationUnreachable or IcmpTypes.RedirectV4 or IcmpTypes.TimeExceeded or IcmpTypes.ParameterProblem or IcmpTypes.SourceQuench
        : packet.Protocol == ProtocolNumbers.IcmpV6 && (packet.IcmpType < IcmpTypes.EchoRequestV6 || packet.IcmpType == IcmpTypes.Redirect));

    /// <summary>True if source and destination are each the address of one host: neither a group, nor all, nor none.</summary>
    private static bool IsOfOneHost(ReadOnlySpan<byte> header, bool isV4) => isV4
        ? header[12] is > 0 and < 224 && header[16] is > 0 and < 224
        : header[8] != byte.MaxValue && header[24] != byte.MaxValue && header.Slice(8, 16).ContainsAnyExcept((byte)0);
}
