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

    /// <summary>
    /// True if only a server or relay agent sends such a packet: it comes from the server's port, or it goes to the client's and is not
    /// known to be a client's. Neither standard holds a server to a source port, and clients do not look at it.
    /// </summary>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that they were read from.</param>
    public static bool IsFromServer(in PacketHeader packet, ReadOnlySpan<byte> frame) =>
        packet.Protocol == ProtocolNumbers.Udp && packet.Network switch
        {
            NetworkProtocol.IPv4 => packet.SourcePort == ServerPort || (packet.DestinationPort == ClientPort && MayBeReply(packet, frame)),
            NetworkProtocol.IPv6 => packet.SourcePort == ServerPortV6 || packet.DestinationPort == ClientPortV6,
            _ => false,
        };

    /// <summary>A fragment may leave out what tells a reply from a request, or have it overwritten by the next.</summary>
    private static bool MayBeReply(in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        int operation = packet.TransportOffset + UdpHeaderLength;
        return packet.IsFragment || operation >= packet.End || frame[operation] == BootReply;
    }
}
