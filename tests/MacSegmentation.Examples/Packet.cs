using System.Buffers.Binary;

namespace MacSegmentation.Examples;

/// <summary>Puts packets together, from the payload outwards, with lengths and checksums as the standards want them.</summary>
internal static class Packet
{
    public const int Arp = 0x0806;
    public const int IPv4 = 0x0800;
    public const int IPv6 = 0x86DD;
    public const int CustomerTag = 0x8100;
    public const int ServiceTag = 0x88A8;

    private const byte Udp = 17;
    private const byte Tcp = 6;
    private const byte IcmpV6 = 58;

    /// <summary>The shortest frame without its check sequence (IEEE 802.3-2022 clause 4.4.2).</summary>
    private const int MinimumFrame = 60;

    /// <summary>A frame with tags from the outermost on, padded to the shortest length that a wire carries.</summary>
    public static byte[] Ethernet(ulong destination, ulong source, (int Type, int Control)[] tags, int type, byte[] payload)
    {
        byte[] frame = [.. Address(destination), .. Address(source), .. tags.SelectMany(tag => Words(tag.Type, tag.Control)), .. Words(type), .. payload];
        if (frame.Length < MinimumFrame)
        {
            Array.Resize(ref frame, MinimumFrame);
        }

        return frame;
    }

    /// <summary>An ARP packet for Ethernet and IPv4 (RFC 826): operation 1 asks, 2 answers.</summary>
    public static byte[] ArpBody(int operation, ulong sender, uint senderIp, ulong target, uint targetIp) =>
        [.. Words(1, IPv4, 0x0604, operation), .. Address(sender), .. Long(senderIp), .. Address(target), .. Long(targetIp)];

    /// <summary>UDP in IPv4 (RFC 768, RFC 791).</summary>
    public static byte[] UdpBody(uint source, uint destination, int sourcePort, int destinationPort, byte[] data)
    {
        byte[] datagram = [.. Words(sourcePort, destinationPort, 8 + data.Length, 0), .. data];
        return IPv4Body(source, destination, Udp, Checked(datagram, 6, PseudoHeader(source, destination, Udp, datagram.Length)));
    }

    /// <summary>TCP in IPv4 (RFC 9293) with PSH and ACK set.</summary>
    public static byte[] TcpBody(uint source, uint destination, int sourcePort, int destinationPort, uint sequence, uint acknowledged, byte[] data)
    {
        const int HeaderAndFlags = 0x5018;
        const int Window = 0x2000;
        byte[] segment =
        [
            .. Words(sourcePort, destinationPort), .. Long(sequence), .. Long(acknowledged), .. Words(HeaderAndFlags, Window, 0, 0), .. data,
        ];
        return IPv4Body(source, destination, Tcp, Checked(segment, 16, PseudoHeader(source, destination, Tcp, segment.Length)));
    }

    /// <summary>A neighbour solicitation in IPv6 (RFC 4861 section 4.3) between link-local addresses that are made from the MAC addresses.</summary>
    public static byte[] NeighbourSolicitation(ulong sender, ulong target)
    {
        const int Solicitation = 0x8700;
        byte[] source = LinkLocal(sender);
        byte[] sought = LinkLocal(target);
        byte[] destination = [0xFF, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xFF, .. sought[13..]];
        byte[] message = [.. Words(Solicitation, 0), .. Long(0), .. sought, 1, 1, .. Address(sender)];
        byte[] pseudoHeader = [.. source, .. destination, .. Long((uint)message.Length), .. Long(IcmpV6)];
        return [.. Long(0x6000_0000), .. Words(message.Length, (IcmpV6 << 8) | 255), .. source, .. destination, .. Checked(message, 2, pseudoHeader)];
    }

    private static byte[] IPv4Body(uint source, uint destination, byte protocol, byte[] data)
    {
        byte[] header = [.. Words(0x4500, 20 + data.Length, 0, 0x4000, (64 << 8) | protocol, 0), .. Long(source), .. Long(destination)];
        return [.. Checked(header, 10, []), .. data];
    }

    private static byte[] PseudoHeader(uint source, uint destination, byte protocol, int length) =>
        [.. Long(source), .. Long(destination), .. Words(protocol, length)];

    /// <summary>Sets the Internet checksum (RFC 1071) over the pseudo header and the bytes.</summary>
    private static byte[] Checked(byte[] bytes, int checksumAt, byte[] pseudoHeader)
    {
        byte[] covered = [.. pseudoHeader, .. bytes, .. new byte[bytes.Length % 2]];
        uint sum = 0;
        for (int i = 0; i < covered.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(covered.AsSpan(i));
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(checksumAt), (ushort)~sum);
        return bytes;
    }

    /// <summary>The address that RFC 4291 appendix A makes from a MAC address.</summary>
    private static byte[] LinkLocal(ulong address)
    {
        byte[] mac = Address(address);
        return [0xFE, 0x80, 0, 0, 0, 0, 0, 0, (byte)(mac[0] ^ 2), mac[1], mac[2], 0xFF, 0xFE, mac[3], mac[4], mac[5]];
    }

    private static byte[] Address(ulong address) => [.. Words((int)(address >> 32) & 0xFFFF), .. Long((uint)address)];

    private static byte[] Long(uint number) => [.. Words((int)(number >> 16), (int)(number & 0xFFFF))];

    private static byte[] Words(params int[] numbers) => [.. numbers.SelectMany(number => new[] { (byte)(number >> 8), (byte)number })];
}
