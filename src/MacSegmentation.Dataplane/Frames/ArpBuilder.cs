using System.Buffers.Binary;

namespace MacSegmentation.Frames;

/// <summary>Writes ARP packets between Ethernet and IPv4 addresses (RFC 826).</summary>
public static class ArpBuilder
{
    internal const int PacketLength = 28;
    internal const ushort Request = 1;
    internal const ushort Reply = 2;

    private const ulong EthernetAndIPv4 = 0x0001_0800_0604_0000;

    /// <summary>Writes the reply to a request, with the request's tags, to the station that asked.</summary>
    /// <param name="request">The frame with the request.</param>
    /// <param name="packet">Its headers: a complete ARP packet.</param>
    /// <param name="address">The MAC address of the target that was asked for.</param>
    /// <param name="reply">Takes the frame; 64 octets do for a request with up to 5 tags.</param>
    /// <returns>The reply's length in octets, or 0 if there is no room for it.</returns>
    public static int WriteReply(ReadOnlySpan<byte> request, in PacketHeader packet, ulong address, Span<byte> reply)
    {
        int length = EthernetHeader.WriteReply(request, packet.ArpSenderMac, address, EtherTypes.Arp, PacketLength, reply, out int offset);
        if (length != 0)
        {
            Write(reply[offset..], Reply, address, packet.Destination, packet.ArpSenderMac, packet.Source);
        }

        return length;
    }

    /// <summary>Writes the 28 octets of a packet.</summary>
    internal static void Write(Span<byte> arp, ushort operation, ulong senderMac, UInt128 sender, ulong targetMac, UInt128 target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(arp, EthernetAndIPv4 | operation);
        EthernetHeader.WriteAddress(arp[8..], senderMac);
        BinaryPrimitives.WriteUInt32BigEndian(arp[14..], (uint)sender);
        EthernetHeader.WriteAddress(arp[18..], targetMac);
        BinaryPrimitives.WriteUInt32BigEndian(arp[24..], (uint)target);
    }
}
