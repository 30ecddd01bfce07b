using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>Builds whole frames, with right checksums and lengths and padded to the shortest frame, for traces and tests.</summary>
/// <param name="source">The source address of the frames.</param>
/// <param name="destination">Their destination address.</param>
/// <param name="vlanId">The VLAN of their 802.1Q tag, 0 to 4095; null for none.</param>
public sealed class FrameBuilder(MacAddress source, MacAddress destination, int? vlanId = null)
{
    private const byte Syn = 2;

    /// <summary>The time to live or hop limit of IP packets.</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>A frame with any payload.</summary>
    /// <param name="etherType">The type, 0 to 65535.</param>
    /// <param name="payload">What follows it.</param>
    public byte[] Ethernet(int etherType, ReadOnlySpan<byte> payload = default)
    {
        int header = vlanId is null ? 14 : 18;
        byte[] frame = new byte[Math.Max(header + payload.Length, EthernetHeader.MinimumFrameLength)];
        destination.CopyTo(frame);
        source.CopyTo(frame.AsSpan(6, 6));
        if (vlanId is { } id)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), EtherTypes.CustomerTag);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(14), checked((ushort)id));
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(header - 2), checked((ushort)etherType));
        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }

    /// <summary>An ARP packet.</summary>
    /// <param name="operation">1 for a request, 2 for a reply.</param>
    /// <param name="sender">The sender's IPv4 address.</param>
    /// <param name="target">The target's IPv4 address.</param>
    /// <param name="senderMac">The sender's MAC address; the frame's source if null.</param>
    /// <param name="targetMac">The target's MAC address; zeros in a request, else the frame's destination, if null.</param>
    public byte[] Arp(int operation, IPAddress sender, IPAddress target, MacAddress? senderMac = null, MacAddress? targetMac = null)
    {
        Span<byte> arp = stackalloc byte[ArpBuilder.PacketLength];
        ArpBuilder.Write(
            arp,
            checked((ushort)operation),
            (senderMac ?? source).Value,
            IpNumber.From(sender),
            (targetMac ?? (operation == ArpBuilder.Request ? default : destination)).Value,
            IpNumber.From(target));
        return Ethernet(EtherTypes.Arp, arp);
    }

    /// <summary>A TCP segment without data.</summary>
    /// <param name="sender">The source address.</param>
    /// <param name="receiver">The destination address, of the same family.</param>
    /// <param name="sourcePort">0 to 65535.</param>
    /// <param name="destinationPort">0 to 65535.</param>
    /// <param name="flags">The flags (RFC 9293 section 3.1); a SYN if not given.</param>
    public byte[] Tcp(IPAddress sender, IPAddress receiver, int sourcePort, int destinationPort, byte flags = Syn)
    {
        Span<byte> segment = stackalloc byte[20];
        WritePorts(segment, sourcePort, destinationPort);
        segment[12] = 5 << 4;
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], ushort.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Checksum(sender, receiver, ProtocolNumbers.Tcp, segment));
        return IP(sender, receiver, ProtocolNumbers.Tcp, segment);
    }

    /// <summary>A UDP datagram.</summary>
    /// <param name="sender">The source address.</param>
    /// <param name="receiver">The destination address, of the same family.</param>
    /// <param name="sourcePort">0 to 65535.</param>
    /// <param name="destinationPort">0 to 65535.</param>
    /// <param name="payload">The datagram's data.</param>
    public byte[] Udp(IPAddress sender, IPAddress receiver, int sourcePort, int destinationPort, ReadOnlySpan<byte> payload = default)
    {
        byte[] datagram = [.. new byte[8], .. payload];
        WritePorts(datagram, sourcePort, destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), checked((ushort)datagram.Length));
        ushort checksum = Checksum(sender, receiver, ProtocolNumbers.Udp, datagram);

        // 0 would say that there is no checksum (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), checksum == 0 ? ushort.MaxValue : checksum);
        return IP(sender, receiver, ProtocolNumbers.Udp, datagram);
    }

    /// <summary>An ICMP echo request of the addresses' family.</summary>
    /// <param name="sender">The source address.</param>
    /// <param name="receiver">The destination address, of the same family.</param>
    /// <param name="identifier">0 to 65535.</param>
    public byte[] EchoRequest(IPAddress sender, IPAddress receiver, int identifier = 1) =>
        Echo(sender, receiver, identifier, IcmpTypes.EchoRequest, IcmpTypes.EchoRequestV6);

    /// <summary>The reply to an ICMP echo request.</summary>
    /// <inheritdoc cref="EchoRequest"/>
    public byte[] EchoReply(IPAddress sender, IPAddress receiver, int identifier = 1) =>
        Echo(sender, receiver, identifier, IcmpTypes.EchoReply, IcmpTypes.EchoReplyV6);

    /// <summary>An ICMP message, or an ICMPv6 message between IPv6 addresses.</summary>
    /// <param name="sender">The source address.</param>
    /// <param name="receiver">The destination address, of the same family.</param>
    /// <param name="type">The type.</param>
    /// <param name="code">The code.</param>
    /// <param name="body">What follows the checksum, the four octets of the header's rest included.</param>
    public byte[] Icmp(IPAddress sender, IPAddress receiver, byte type, byte code, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(sender);
        byte[] message = [type, code, 0, 0, .. body];
        bool isIPv4 = sender.AddressFamily == AddressFamily.InterNetwork;
        ushort checksum = isIPv4 ? InternetChecksum.Compute(message) : Checksum(sender, receiver, ProtocolNumbers.IcmpV6, message);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), checksum);
        return IP(sender, receiver, isIPv4 ? ProtocolNumbers.Icmp : ProtocolNumbers.IcmpV6, message);
    }

    /// <summary>An IP packet of any protocol.</summary>
    /// <param name="sender">The source address.</param>
    /// <param name="receiver">The destination address, of the same family.</param>
    /// <param name="protocol">The protocol above IP, or the first extension header's number.</param>
    /// <param name="payload">Everything behind the IP header, at most 65,515 octets.</param>
    /// <exception cref="ArgumentException">The addresses are of different families.</exception>
    public byte[] IP(IPAddress sender, IPAddress receiver, byte protocol, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(receiver);
        if (sender.AddressFamily != receiver.AddressFamily)
        {
            throw new ArgumentException($"{sender} and {receiver} are not of the same family. Give two IPv4 or two IPv6 addresses.", nameof(receiver));
        }

        return sender.AddressFamily == AddressFamily.InterNetwork
            ? Ethernet(EtherTypes.IPv4, IPv4(IpNumber.From(sender), IpNumber.From(receiver), protocol, payload))
            : Ethernet(EtherTypes.IPv6, IPv6(IpNumber.From(sender), IpNumber.From(receiver), protocol, payload));
    }

    private static void WritePorts(Span<byte> header, int sourcePort, int destinationPort)
    {
        BinaryPrimitives.WriteUInt16BigEndian(header, checked((ushort)sourcePort));
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], checked((ushort)destinationPort));
    }

    private static ushort Checksum(IPAddress sender, IPAddress receiver, byte protocol, ReadOnlySpan<byte> octets) =>
        InternetChecksum.Compute(IpNumber.From(sender), IpNumber.From(receiver), protocol, octets);

    private byte[] Echo(IPAddress sender, IPAddress receiver, int identifier, byte type, byte typeV6)
    {
        ArgumentNullException.ThrowIfNull(sender);
        Span<byte> body = stackalloc byte[4];
        WritePorts(body, identifier, destinationPort: 1);
        return Icmp(sender, receiver, sender.AddressFamily == AddressFamily.InterNetwork ? type : typeV6, code: 0, body);
    }

    private byte[] IPv4(UInt128 sender, UInt128 receiver, byte protocol, ReadOnlySpan<byte> payload)
    {
        byte[] packet = [.. new byte[20], .. payload];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), checked((ushort)packet.Length));
        packet[8] = HopLimit;
        packet[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(12), (uint)sender);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(16), (uint)receiver);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), InternetChecksum.Compute(packet.AsSpan(0, 20)));
        return packet;
    }

    private byte[] IPv6(UInt128 sender, UInt128 receiver, byte protocol, ReadOnlySpan<byte> payload)
    {
        byte[] packet = [.. new byte[40], .. payload];
        packet[0] = 6 << 4;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), checked((ushort)payload.Length));
        packet[6] = protocol;
        packet[7] = HopLimit;
        BinaryPrimitives.WriteUInt128BigEndian(packet.AsSpan(8), sender);
        BinaryPrimitives.WriteUInt128BigEndian(packet.AsSpan(24), receiver);
        return packet;
    }
}
