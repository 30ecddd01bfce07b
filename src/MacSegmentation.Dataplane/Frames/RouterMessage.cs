namespace MacSegmentation.Frames;

/// <summary>Tells what only a router says: that it is one, and that another way is better.</summary>
public static class RouterMessage
{
    /// <summary>True for router advertisements and redirects, of ICMPv6 (RFC 4861) and of ICMP (RFC 792, RFC 1256).</summary>
    /// <param name="packet">The packet's headers.</param>
    public static bool Is(in PacketHeader packet) => packet.Network switch
    {
        NetworkProtocol.IPv4 => packet.Protocol == ProtocolNumbers.Icmp
            && packet.IcmpType is IcmpTypes.RedirectV4 or IcmpTypes.RouterAdvertisementV4,
        NetworkProtocol.IPv6 => packet.Protocol == ProtocolNumbers.IcmpV6
            && packet.IcmpType is IcmpTypes.RouterAdvertisement or IcmpTypes.Redirect,
        _ => false,
    };

    /// <summary>True for what asks routers to say that they are: router solicitations of ICMPv6 (RFC 4861) and of ICMP (RFC 1256).</summary>
    /// <param name="packet">The packet's headers.</param>
    public static bool IsSolicitation(in PacketHeader packet) => packet.Network switch
    {
        NetworkProtocol.IPv4 => packet.Protocol == ProtocolNumbers.Icmp && packet.IcmpType == IcmpTypes.RouterSolicitationV4,
        NetworkProtocol.IPv6 => packet.Protocol == ProtocolNumbers.IcmpV6 && packet.IcmpType == IcmpTypes.RouterSolicitation,
        _ => false,
    };
}
