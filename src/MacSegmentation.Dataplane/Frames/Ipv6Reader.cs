using System.Buffers.Binary;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>Reads an IPv6 header, its chain of extension headers (RFC 8200 sections 3 and 4) and the transport header behind them.</summary>
internal static class Ipv6Reader
{
    private const int HeaderLength = 40;

    /// <summary>No host sends as many; a longer chain only costs time.</summary>
    private const int MaximumExtensions = 16;

    public static void Read(ReadOnlySpan<byte> frame, int originalLength, ref PacketFields packet)
    {
        int offset = packet.NetworkOffset;
        var header = frame[offset..];
        if (header.Length < HeaderLength || header[0] >> 4 != 6)
        {
            packet.State = PacketState.TruncatedNetwork;
            return;
        }

        int transport = offset + HeaderLength;
        int payloadLength = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        packet.Source = BinaryPrimitives.ReadUInt128BigEndian(header[8..]);
        packet.Destination = BinaryPrimitives.ReadUInt128BigEndian(header[24..]);
        packet.HopLimit = header[7];
        packet.Protocol = header[6];

        // The number of ::ffff:a.b.c.d is an IPv4 address's; no such address belongs on a wire (RFC 4291 section 2.5.5.2, RFC 6890 section 2.2.3).
        if (payloadLength > originalLength - transport || IpNumber.IsIPv4(packet.Source) || IpNumber.IsIPv4(packet.Destination))
        {
            packet.State = PacketState.TruncatedNetwork;
            return;
        }

        int end = Math.Min(transport + payloadLength, frame.Length);
        packet.End = end;
        frame = frame[..end];
        int fragmentOffset = 0;
        if (IsExtension(packet.Protocol) && !TryReadExtensions(frame, ref transport, ref fragmentOffset, ref packet))
        {
            packet.State = PacketState.TruncatedNetwork;
            return;
        }

        TransportReader.Read(frame, transport, fragmentOffset, ref packet);
    }

    private static bool IsExtension(byte protocol) => protocol
        is ProtocolNumbers.HopByHopOptions
        or ProtocolNumbers.Routing
        or ProtocolNumbers.Fragment
        or ProtocolNumbers.Authentication
        or ProtocolNumbers.DestinationOptions
        or ProtocolNumbers.Mobility;

    /// <summary>Walks over the extension headers up to the upper layer's header, or to the end of a later fragment's headers.</summary>
    /// <returns>False if the chain is cut, too long, or has a fragment within a fragment.</returns>
    private static bool TryReadExtensions(ReadOnlySpan<byte> packetBytes, ref int offset, ref int fragmentOffset, ref PacketFields packet)
    {
        for (int count = 0; IsExtension(packet.Protocol); count++)
        {
            var extension = packetBytes[offset..];
            if (count == MaximumExtensions || extension.Length < 8)
            {
                return false;
            }

            int length = 8;
            switch (packet.Protocol)
            {
                case ProtocolNumbers.Fragment when packet.IsFragment:
                    return false;
                case ProtocolNumbers.Fragment:
                    ReadFragment(extension, ref fragmentOffset, ref packet);
                    break;
                case ProtocolNumbers.Authentication:
                    // Its length is given in units of 4 octets without the first two (RFC 4302 section 2.2).
                    length = (extension[1] + 2) * 4;
                    break;
                default:
                    length = (extension[1] + 1) * 8;
                    break;
            }

            packet.Protocol = extension[0];
            if (extension.Length < length)
            {
                return false;
            }

            offset += length;
            if (fragmentOffset != 0)
            {
                // What follows is somewhere from the middle of the packet.
                return true;
            }
        }

        return true;
    }

    private static void ReadFragment(ReadOnlySpan<byte> extension, ref int fragmentOffset, ref PacketFields packet)
    {
        int field = BinaryPrimitives.ReadUInt16BigEndian(extension[2..]);
        fragmentOffset = field >> 3;
        bool moreFragments = (field & 1) != 0;
        if (fragmentOffset == 0 && !moreFragments)
        {
            // An atomic fragment (RFC 6946) is the whole packet.
            return;
        }

        packet.IsFragment = true;
        packet.IsFirstFragment = fragmentOffset == 0;
        packet.FragmentId = BinaryPrimitives.ReadUInt32BigEndian(extension[4..]);
    }
}
