namespace MacSegmentation.Frames;

/// <summary>Types of ICMP (RFC 792) and ICMPv6 (RFC 4443) messages.</summary>
internal static class IcmpTypes
{
    public const byte EchoReply = 0;
    public const byte EchoRequest = 8;
    public const byte EchoRequestV6 = 128;
    public const byte EchoReplyV6 = 129;
}
