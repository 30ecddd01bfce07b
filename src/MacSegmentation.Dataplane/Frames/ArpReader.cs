using System.Buffers.Binary;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>
/// Reads ARP between Ethernet and IPv4 addresses (RFC 826); there is no other in these networks. Hosts take either hardware type for
/// Ethernet's addresses, so what is held to the one only could be said with the other.
/// </summary>
internal static class ArpReader
{
    private const int Length = 28;

    // Hardware type 1 (Ethernet) or 6 (IEEE 802), protocol type 0x0800 (IPv4), addresses of 6 and 4 octets.
    private const ulong EthernetAndIPv4 = 0x0001_0800_0604;
    private const ulong Ieee802AndIPv4 = 0x0006_0800_0604;

    public static void Read(ReadOnlySpan<byte> frame, ref PacketFields packet)
    {
        var arp = frame[packet.NetworkOffset..];
        if (arp.Length < Length || BinaryPrimitives.ReadUInt64BigEndian(arp) >> 16 is not (EthernetAndIPv4 or Ieee802AndIPv4))
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
