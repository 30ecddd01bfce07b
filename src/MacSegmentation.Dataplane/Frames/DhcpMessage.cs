using System.Buffers.Binary;

namespace MacSegmentation.Frames;

/// <summary>Tells a DHCP server's messages from a client's (RFC 2131 section 4.1, RFC 8415 section 7.2).</summary>
public static class DhcpMessage
{
    private const int ServerPort = 67;
    private const int ClientPort = 68;
    private const int ClientPortV6 = 546;
    private const int ServerPortV6 = 547;
    private const int UdpHeaderLength = 8;
    private const byte BootReply = 2;

    // Of a message (RFC 2131 section 2): what it is, the length of the client's hardware address, the relay agent, that address.
    private const int HardwareLengthOffset = 2;
    private const int RelayOffset = 24;
    private const int HardwareAddressOffset = 28;
    private const int MacLength = 6;

    /// <summary>
    /// True if only a server or relay agent sends such a packet: it comes from the server's port, or it goes to the client's and is not
    /// known to be a client's. Neither standard holds a server to a source port, and clients do not look at it.
    /// </summary>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that they were read from.</param>
    public static bool IsFromServer(in PacketHeader packet, ReadOnlySpan<byte> frame) =>
        packet.Protocol == ProtocolNumbers.Udp && packet.Network switch
        {
            NetworkProtocol.IPv4 => packet.SourcePort == ServerPort
                || (packet.DestinationPort == ClientPort && MayBeReply(packet, frame))
                || (packet.DestinationPort == ServerPort && !packet.IsFragment && TryReadClient(packet, frame, out _, out bool isRelayed) && isRelayed),
            NetworkProtocol.IPv6 => packet.SourcePort == ServerPortV6 || packet.DestinationPort == ClientPortV6,
            _ => false,
        };

    /// <summary>True if the packet goes to a DHCP server or relay agent, of either family.</summary>
    /// <param name="packet">The packet's headers.</param>
    public static bool IsToServer(in PacketHeader packet) =>
        packet.Protocol == ProtocolNumbers.Udp && packet.DestinationPort == (packet.Network == NetworkProtocol.IPv4 ? ServerPort : ServerPortV6);

    /// <summary>True if the packet goes to a DHCP server or relay agent for IPv4.</summary>
    internal static bool IsToServerV4(in PacketHeader packet) => packet.Network == NetworkProtocol.IPv4 && IsToServer(packet);

    /// <summary>Reads whom a message to a server for IPv4 is about.</summary>
    /// <param name="packet">The headers of such a packet.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <param name="hardwareAddress">The client's hardware address (chaddr).</param>
    /// <param name="isRelayed">True if a relay agent or server sends it: it names a relay agent (giaddr), or is a reply.</param>
    /// <returns>False if the message is cut, or its client has no Ethernet address.</returns>
    internal static bool TryReadClient(in PacketHeader packet, ReadOnlySpan<byte> frame, out ulong hardwareAddress, out bool isRelayed)
    {
        hardwareAddress = 0;
        isRelayed = false;
        int start = packet.TransportOffset + UdpHeaderLength;
        if (packet.TransportOffset == 0 || packet.End < start + HardwareAddressOffset + MacLength)
        {
            return false;
        }

        var message = frame[start..packet.End];
        isRelayed = message[0] == BootReply || BinaryPrimitives.ReadUInt32BigEndian(message[RelayOffset..]) != 0;
        hardwareAddress = BinaryPrimitives.ReadUInt64BigEndian(message[(HardwareAddressOffset - sizeof(ushort))..]) & 0xFFFF_FFFF_FFFF;
        return message[HardwareLengthOffset] == MacLength;
    }

    /// <summary>A fragment may leave out what tells a reply from a request, or have it overwritten by the next.</summary>
    private static bool MayBeReply(in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        int operation = packet.TransportOffset + UdpHeaderLength;
        return packet.IsFragment || operation >= packet.End || frame[operation] == BootReply;
    }
}
