using MacSegmentation.Frames;

namespace MacSegmentation.Flows;

/// <summary>What ICMP and ICMPv6 messages are to a filter (RFC 5508, RFC 4890).</summary>
internal static class IcmpMessage
{
    /// <summary>True for ICMP in IPv4 and ICMPv6 in IPv6; either in the other family is a protocol as any.</summary>
    public static bool IsIcmp(NetworkProtocol network, byte protocol) =>
        protocol == (network == NetworkProtocol.IPv4 ? ProtocolNumbers.Icmp : ProtocolNumbers.IcmpV6);

    /// <summary>True for an echo request.</summary>
    public static bool IsEchoRequest(NetworkProtocol network, byte type) =>
        type == (network == NetworkProtocol.IPv4 ? IcmpTypes.EchoRequest : IcmpTypes.EchoRequestV6);

    /// <summary>True for an echo reply.</summary>
    public static bool IsEchoReply(NetworkProtocol network, byte type) =>
        type == (network == NetworkProtocol.IPv4 ? IcmpTypes.EchoReply : IcmpTypes.EchoReplyV6);

    /// <summary>
    /// True for an error that quotes the packet it is about: destination unreachable, time exceeded and parameter problem, in IPv6 packet too
    /// big. Redirects are none: they change the way of later packets, and nobody asked for them.
    /// </summary>
    public static bool IsError(NetworkProtocol network, byte type) => network == NetworkProtocol.IPv4
        ? type is IcmpTypes.DestinationUnreachable or IcmpTypes.TimeExceeded or IcmpTypes.ParameterProblem
        : type is >= IcmpTypes.DestinationUnreachableV6 and <= IcmpTypes.ParameterProblemV6;

    /// <summary>True for neighbour discovery and multicast listener discovery, without which IPv6 does not work (RFC 4890 section 4.4.1).</summary>
    public static bool IsNeighborhood(byte type) => type
        is >= IcmpTypes.ListenerQuery and <= IcmpTypes.Redirect
        or IcmpTypes.ListenerReportV2;
}
