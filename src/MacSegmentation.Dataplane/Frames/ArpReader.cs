using System.Buffers.Binary;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>
/// Reads ARP between Ethernet and IPv4 addresses (RFC 826); there is no other in these networks. Hosts take more than one hardware type for
/// Ethernet's addresses, and some do not look at it, so what is held to one only could be said with another.
/// </summary>
internal static class ArpReader
{
    private const int Length = 28;

    // Behind the hardware type: protocol type 0x0800 (IPv4), addresses of 6 and 4 octets.
    private const uint IPv4WithMac = 0x0800_0604;

    public static void Read(ReadOnlySpan<byte> frame, ref PacketFields packet)
    {
        var arp = frame[packet.NetworkOffset..];
        if (arp.Length < Length || BinaryPrimitives.ReadUInt32BigEndian(arp[sizeof(ushort)..]) != IPv4WithMac)
        {
            packet.State = PacketState.TruncatedNetwork;
            return;
        }

        packet.End = packet.NetworkOffset + Length;
        packet.ArpOperation = BinaryPrimitives.ReadUInt16BigEndian(arp[6..]);
        packet.ArpSenderMac = BinaryPrimitives.ReadUInt64BigEndian(arp[8..]) >> 16;
        packet.Source = IpNumber.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(arp[14..]));
        packet.ArpTargetMac = BinaryPrimitives.ReadUInt64BigEndian(arp[18..]) >> 16;
        packet.Destination = IpNumber.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(arp[24..]));
    }
}
