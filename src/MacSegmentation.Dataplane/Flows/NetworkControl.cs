using MacSegmentation.Frames;

namespace MacSegmentation.Flows;

/// <summary>Messages between DHCP clients and servers, and of neighbour and listener discovery: they pass whatever rules say of other traffic.</summary>
internal static class NetworkControl
{
    /// <summary>True for what a network needs to work at all. Fragments of it are none (RFC 6980 section 5 for neighbour discovery).</summary>
    public static bool Is(in PacketHeader packet) => packet.Protocol switch
    {
        ProtocolNumbers.Udp => IsDhcp(packet),
        ProtocolNumbers.IcmpV6 => packet.Network == NetworkProtocol.IPv6 && !packet.IsFragment && IcmpMessage.IsNeighborhood(packet.IcmpType),
        _ => false,
    };

    private static bool IsDhcp(in PacketHeader packet)
    {
        (int client, int server) = packet.Network == NetworkProtocol.IPv4 ? (68, 67) : (546, 547);
        return !packet.IsFragment
            && ((packet.SourcePort == client && packet.DestinationPort == server) || (packet.SourcePort == server && packet.DestinationPort == client));
    }
}
