using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>Holds the source of an IP packet, and what it says of whose address, to the interface's addresses.</summary>
internal static class AddressRules
{
    private const int DhcpClientPort = 68;
    private const int DhcpServerPort = 67;
    private const byte MembershipQuery = 0x11;

    private static readonly UInt128 Unspecified = IpNumber.FromIPv4(0);

    /// <summary>Judges an IP packet whose network header is complete.</summary>
    /// <param name="bindings">The interface's addresses.</param>
    /// <param name="links">The link-local addresses that the port has shown.</param>
    /// <param name="header">The frame's header, whose source is an allowed MAC address.</param>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <returns>Why it is refused, or null.</returns>
    public static VerdictReason? Judge(PortBindings bindings, LinkLocalPort links, in FrameHeader header, in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        if (packet.Protocol == ProtocolNumbers.Vrrp)
        {
            return VrrpRules.Judge(bindings, packet, frame);
        }

        bool isAllowed = IsSourceAllowed(bindings, links, header, packet, frame);
        return NeighborDiscovery.Is(packet) && (isAllowed || LinkLocal.Is(packet.Source)) ? NeighborRules.Judge(bindings, links, header, packet, frame)
            : isAllowed ? null
            : PortSecurityReasons.SourceIPNotAllowed;
    }

    private static bool IsSourceAllowed(PortBindings bindings, LinkLocalPort links, in FrameHeader header, in PacketHeader packet, ReadOnlySpan<byte> frame) =>
        bindings.Allows(packet.Source, header.Source)
        || (packet.Network == NetworkProtocol.IPv4
            ? IsAskingForAddress(packet) || IsJoiningGroups(packet, frame)
            : links.Has(header.VlanId, packet.Source, header.Source) || IsWithoutAddress(packet));

    /// <summary>A DHCP client that has no address yet (RFC 2131 section 4.1).</summary>
    private static bool IsAskingForAddress(in PacketHeader packet) =>
        packet.Source == Unspecified
        && packet.Protocol == ProtocolNumbers.Udp
        && packet.SourcePort == DhcpClientPort
        && packet.DestinationPort == DhcpServerPort;

    /// <summary>Whoever has no address yet says so without which groups it is in (RFC 3376 section 4.2.13); who asks for that is a router.</summary>
    private static bool IsJoiningGroups(in PacketHeader packet, ReadOnlySpan<byte> frame) =>
        packet.Source == Unspecified
        && packet.Protocol == ProtocolNumbers.Igmp
        && !packet.IsFragment
        && packet.TransportOffset > 0
        && packet.TransportOffset < packet.End
        && frame[packet.TransportOffset] != MembershipQuery;

    /// <summary>
    /// What a host sends before it has an address: it looks whether one is free (RFC 4862 section 5.4.2), joins that one's group (RFC 3590)
    /// and asks for routers (RFC 4861 section 4.1).
    /// </summary>
    private static bool IsWithoutAddress(in PacketHeader packet) =>
        packet.Source == UInt128.Zero
        && packet.Protocol == ProtocolNumbers.IcmpV6
        && packet.IcmpType
            is IcmpTypes.NeighborSolicitation
            or IcmpTypes.RouterSolicitation
            or IcmpTypes.ListenerReport
            or IcmpTypes.ListenerDone
            or IcmpTypes.ListenerReportV2;
}
