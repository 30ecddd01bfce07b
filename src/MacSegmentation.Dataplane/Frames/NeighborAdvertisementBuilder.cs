using System.Buffers.Binary;

namespace MacSegmentation.Frames;

/// <summary>Writes the advertisement that answers a neighbour solicitation (RFC 4861 sections 4.4 and 7.2.4).</summary>
public static class NeighborAdvertisementBuilder
{
    private const int IPv6HeaderLength = 40;
    private const int MessageLength = 32;
    private const uint SolicitedAndOverride = 0x6000_0000;
    private const uint Override = 0x2000_0000;

    // Option 2, one unit of 8 octets; the address is its last 6.
    private const ulong TargetLinkLayerAddress = 0x0201_0000_0000_0000;
    private const ulong AllNodesMac = 0x3333_0000_0001;

    private static UInt128 AllNodes => new(0xFF02_0000_0000_0000, 1);

    /// <summary>
    /// Writes the advertisement, with the solicitation's tags: not from a router, overriding, and solicited, to the station that asked; to
    /// all nodes and unsolicited if that has no address yet (it is looking whether the address is free).
    /// </summary>
    /// <param name="solicitation">The frame with the solicitation.</param>
    /// <param name="packet">Its headers.</param>
    /// <param name="message">The message in it.</param>
    /// <param name="address">The MAC address of the target that was asked for.</param>
    /// <param name="reply">Takes the frame; 128 octets do for a solicitation with up to 10 tags.</param>
    /// <returns>The advertisement's length in octets, or 0 if there is no room for it.</returns>
    public static int WriteReply(
        ReadOnlySpan<byte> solicitation, in PacketHeader packet, in NeighborDiscovery message, ulong address, Span<byte> reply)
    {
        bool isSolicited = packet.Source != UInt128.Zero;
        ulong asker = BinaryPrimitives.ReadUInt64BigEndian(solicitation[6..]) >> 16;
        int length = EthernetHeader.WriteReply(
            solicitation, isSolicited ? asker : AllNodesMac, address, EtherTypes.IPv6, IPv6HeaderLength + MessageLength, reply, out int offset);
        if (length == 0)
        {
            return 0;
        }

        var destination = isSolicited ? packet.Source : AllNodes;
        var header = reply[offset..];
        header[0] = 6 << 4;
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], MessageLength);
        header[6] = ProtocolNumbers.IcmpV6;
        header[7] = byte.MaxValue;
        BinaryPrimitives.WriteUInt128BigEndian(header[8..], message.Target);
        BinaryPrimitives.WriteUInt128BigEndian(header[24..], destination);

        var body = header.Slice(IPv6HeaderLength, MessageLength);
        body[0] = IcmpTypes.NeighborAdvertisement;
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], isSolicited ? SolicitedAndOverride : Override);
        BinaryPrimitives.WriteUInt128BigEndian(body[8..], message.Target);
        BinaryPrimitives.WriteUInt64BigEndian(body[24..], TargetLinkLayerAddress | address);
        BinaryPrimitives.WriteUInt16BigEndian(
            body[2..], InternetChecksum.Compute(message.Target, destination, ProtocolNumbers.IcmpV6, body));
        return length;
    }
}
