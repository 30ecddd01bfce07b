namespace MacSegmentation.Frames;

/// <summary>Types of ICMP (RFC 792, RFC 1256) and ICMPv6 messages (RFC 4443; listeners: RFC 2710, RFC 3810; neighbours: RFC 4861).</summary>
internal static class IcmpTypes
{
    public const byte EchoReply = 0;
    public const byte DestinationUnreachable = 3;
    public const byte SourceQuench = 4;
    public const byte RedirectV4 = 5;
    public const byte EchoRequest = 8;
    public const byte RouterAdvertisementV4 = 9;
    public const byte RouterSolicitationV4 = 10;
    public const byte TimeExceeded = 11;
    public const byte ParameterProblem = 12;

    public const byte DestinationUnreachableV6 = 1;
    public const byte PacketTooBig = 2;
    public const byte ParameterProblemV6 = 4;
    public const byte EchoRequestV6 = 128;
    public const byte EchoReplyV6 = 129;
    public const byte ListenerQuery = 130;
    public const byte ListenerReport = 131;
    public const byte ListenerDone = 132;
    public const byte RouterSolicitation = 133;
    public const byte RouterAdvertisement = 134;
    public const byte NeighborSolicitation = 135;
    public const byte NeighborAdvertisement = 136;
    public const byte Redirect = 137;
    public const byte ListenerReportV2 = 143;
}
