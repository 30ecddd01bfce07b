using System.Buffers.Binary;
using MacSegmentation.Frames;

namespace MacSegmentation.Flows;

/// <summary>Reads the packet that an ICMP error quotes, as far as it is quoted.</summary>
internal static class QuotedPacket
{
    private const int ErrorHeaderLength = 8;

    /// <summary>Reads the headers.</summary>
    /// <param name="error">The error's headers, with the whole ICMP header.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <param name="quoted">The headers of the quoted packet.</param>
    /// <returns>False if they do not tell to which flow it belongs.</returns>
    public static bool TryRead(in PacketHeader error, ReadOnlySpan<byte> frame, out PacketFields quoted)
    {
        quoted = new PacketFields { Network = error.Network, NetworkOffset = error.TransportOffset + ErrorHeaderLength };
        var octets = frame[..error.End];

        // The quotation ends anywhere, whatever length the packet says.
        if (error.Network == NetworkProtocol.IPv4)
        {
            Ipv4Reader.Read(octets, int.MaxValue, ref quoted);
        }
        else
        {
            Ipv6Reader.Read(octets, int.MaxValue, ref quoted);
        }

        bool isLaterFragment = quoted.IsFragment && !quoted.IsFirstFragment;
        return !isLaterFragment && (quoted.State == PacketState.Complete || TryReadPorts(octets, ref quoted));
    }

    /// <summary>Reads the ports where no more is quoted than must be: the IPv4 header and 8 octets (RFC 792).</summary>
    private static bool TryReadPorts(ReadOnlySpan<byte> octets, ref PacketFields quoted)
    {
        if (quoted.State != PacketState.TruncatedTransport || quoted.Network != NetworkProtocol.IPv4)
        {
            return false;
        }

        int offset = quoted.NetworkOffset + ((octets[quoted.NetworkOffset] & 0xF) * sizeof(uint));
        if (quoted.Protocol == ProtocolNumbers.Icmp || octets.Length < offset + sizeof(uint))
        {
            return false;
        }

        quoted.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(octets[offset..]);
        quoted.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(octets[(offset + sizeof(ushort))..]);
        return true;
    }
}
