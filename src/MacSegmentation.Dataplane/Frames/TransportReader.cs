using System.Buffers.Binary;

namespace MacSegmentation.Frames;

/// <summary>Reads what decides over a packet in the header of the protocol above IP.</summary>
internal static class TransportReader
{
    private const int TcpLength = 20;
    private const int FragmentUnit = 8;

    /// <summary>Reads the header.</summary>
    /// <param name="frame">The frame up to the end of the packet.</param>
    /// <param name="offset">Offset of the header in the frame.</param>
    /// <param name="fragmentOffset">The fragment's offset in units of 8 octets: 0 in a first fragment and in a whole packet.</param>
    /// <param name="packet">Takes what was read; its protocol is known.</param>
    public static void Read(ReadOnlySpan<byte> frame, int offset, int fragmentOffset, ref PacketFields packet)
    {
        int length = HeaderLength(packet.Network, packet.Protocol);
        if (fragmentOffset != 0)
        {
            // A fragment that begins within the header would overwrite what its first fragment was judged by (RFC 3128).
            packet.State = fragmentOffset * FragmentUnit < length ? PacketState.TruncatedTransport : PacketState.Complete;
            return;
        }

        var header = frame[offset..];
        if (header.Length < length)
        {
            packet.State = PacketState.TruncatedTransport;
            return;
        }

        switch (length)
        {
            case 0:
                packet.TransportOffset = packet.Protocol == ProtocolNumbers.NoNextHeader ? 0 : offset;
                return;
            case TcpLength:
                // A first fragment has the whole header, options included (RFC 7112 section 5 for IPv6).
                if (packet.IsFragment && header.Length < (header[12] >> 4) * sizeof(uint))
                {
                    packet.State = PacketState.TruncatedTransport;
                    return;
                }

                packet.TcpFlags = header[13];
                break;
        }

        packet.TransportOffset = offset;
        if (packet.Protocol is ProtocolNumbers.Icmp or ProtocolNumbers.IcmpV6)
        {
            ReadIcmp(header, ref packet);
        }
        else
        {
            packet.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(header);
            packet.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(header[sizeof(ushort)..]);
        }
    }

    private static void ReadIcmp(ReadOnlySpan<byte> header, ref PacketFields packet)
    {
        packet.IcmpType = header[0];
        packet.IcmpCode = header[1];
        bool isEcho = packet.Protocol == ProtocolNumbers.Icmp
            ? packet.IcmpType is IcmpTypes.EchoReply or IcmpTypes.EchoRequest
            : packet.IcmpType is IcmpTypes.EchoRequestV6 or IcmpTypes.EchoReplyV6;
        packet.IcmpIdentifier = isEcho ? BinaryPrimitives.ReadUInt16BigEndian(header[4..]) : (ushort)0;
    }

    /// <summary>Octets of a protocol's header without options; 0 if nothing in it decides.</summary>
    private static int HeaderLength(NetworkProtocol network, byte protocol) => protocol switch
    {
        ProtocolNumbers.Tcp => TcpLength,
        ProtocolNumbers.Udp or ProtocolNumbers.UdpLite => 8,
        ProtocolNumbers.Sctp or ProtocolNumbers.Dccp => 12,
        ProtocolNumbers.Icmp when network == NetworkProtocol.IPv4 => 8,
        ProtocolNumbers.IcmpV6 when network == NetworkProtocol.IPv6 => 8,
        _ => 0,
    };
}
