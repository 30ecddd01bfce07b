namespace MacSegmentation.Captures;

/// <summary>What kind of frames a capture holds, by the numbers of draft-ietf-opsawg-pcaplinktype; only Ethernet can be switched.</summary>
internal static class LinkType
{
    /// <summary>LINKTYPE_ETHERNET.</summary>
    public const int Ethernet = 1;

    /// <summary>The bits of a pcap file's field that hold the type; the others tell of the frame check sequence or are reserved.</summary>
    public const uint Mask = 0xFFFF;

    /// <summary>The type's name where it is one that people meet, and its number.</summary>
    public static string Describe(int linkType)
    {
        string? name = linkType switch
        {
            0 => "BSD loopback",
            6 => "Token Ring",
            9 => "PPP",
            101 => "raw IP",
            105 => "IEEE 802.11",
            108 => "OpenBSD loopback",
            113 => "Linux cooked v1",
            127 => "IEEE 802.11 with radiotap",
            195 => "IEEE 802.15.4",
            228 => "raw IPv4",
            229 => "raw IPv6",
            249 => "USBPcap",
            276 => "Linux cooked v2",
            _ => null,
        };
        return name is null ? $"link type {linkType}" : $"{name} (link type {linkType})";
    }
}
