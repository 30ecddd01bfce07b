namespace MacSegmentation.Frames;

/// <summary>Protocols above IP, and IPv6 extension headers, by number (IANA, Assigned Internet Protocol Numbers).</summary>
internal static class ProtocolNumbers
{
    public const byte HopByHopOptions = 0;
    public const byte Icmp = 1;
    public const byte Igmp = 2;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Dccp = 33;
    public const byte Routing = 43;
    public const byte Fragment = 44;
    public const byte Authentication = 51;
    public const byte IcmpV6 = 58;
    public const byte NoNextHeader = 59;
    public const byte DestinationOptions = 60;
    public const byte Vrrp = 112;
    public const byte Sctp = 132;
    public const byte Mobility = 135;
    public const byte UdpLite = 136;
}
