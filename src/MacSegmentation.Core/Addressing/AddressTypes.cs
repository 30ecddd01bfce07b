using MacSegmentation.Documents;

namespace MacSegmentation.Addressing;

/// <summary>Addresses in documents.</summary>
internal static class AddressTypes
{
    private const string Mac = "([0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{4}(\\.[0-9A-Fa-f]{4}){2}|[0-9A-Fa-f]{4}(-[0-9A-Fa-f]{4}){2}|[0-9A-Fa-f]{6}-[0-9A-Fa-f]{6}|[0-9A-Fa-f]{12})";
    private const string Names = "[Mm][Uu][Ll][Tt][Ii][Cc][Aa][Ss][Tt]|[Bb][Rr][Oo][Aa][Dd][Cc][Aa][Ss][Tt]|[Uu][Nn][Ii][Cc][Aa][Ss][Tt]";
    private const string PrefixLength = "/([0-9]|[1-3][0-9]|4[0-8])";

    /// <summary>A MAC address.</summary>
    public static ParsedType<MacAddress> Address { get; } = new($"^{Mac}$")
    {
        Definition = "address",
        Description = "A MAC address, such as 00:1a:2b:3c:4d:5e, 00-1A-2B-3C-4D-5E, 001a.2b3c.4d5e, 001a-2b3c-4d5e, 001a2b-3c4d5e or 001A2B3C4D5E.",
    };

    /// <summary>What MAC addresses are matched by.</summary>
    public static ParsedType<MacPattern> Pattern { get; } = new($"^(\\*|{Names}|{Mac}({PrefixLength}|/{Mac})?)$")
    {
        Definition = "addressPattern",
        Description = "*, Multicast, Broadcast, Unicast, a MAC address, one with a prefix length from 0 to 48, such as 00:1a:2b:00:00:00/24, or one with a mask, such as 01:00:5e:00:00:00/ff:ff:ff:80:00:00. Bits beyond the prefix or the mask are 0.",
    };

    /// <summary>A range of MAC addresses.</summary>
    public static ParsedType<MacRange> Range { get; } = new($"^{Mac}({PrefixLength}|-{Mac})?$")
    {
        Definition = "range",
        Description = "first-last, a MAC address with a prefix length, or one MAC address.",
    };

    /// <summary>An IP address.</summary>
    public static TextType IpAddress { get; } = new()
    {
        Definition = "ipAddress",
        Description = "An IPv4 or IPv6 address, written in full.",
        Pattern = "^[0-9A-Fa-f:.]+$",
    };

    /// <summary>An IP address with its subnet.</summary>
    public static TextType InterfaceAddress { get; } = new()
    {
        Definition = "interfaceAddress",
        Description = "An IPv4 or IPv6 address with the length of its subnet's prefix.",
        Pattern = "^[0-9A-Fa-f:.]+/[0-9]{1,3}$",
    };

    /// <summary>An IP address or a prefix of such.</summary>
    public static TextType AddressOrPrefix { get; } = new()
    {
        Definition = "remoteAddress",
        Description = "An IPv4 or IPv6 address, alone or with the length of a prefix.",
        Pattern = "^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$",
    };

    /// <summary>A protocol in documents.</summary>
    public static ParsedType<IpProtocol> Protocol { get; } = new ParsedType<IpProtocol>(@"^\s*(\*|[Aa][Nn][Yy]|[Ii][Cc][Mm][Pp]([Vv][46])?|[Tt][Cc][Pp]|[Uu][Dd][Pp]|0*([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]))\s*$")
    {
        Examples = ["Any", "Icmp", "Tcp", "Udp", "IcmpV6"],
    };

    /// <summary>Ports in documents.</summary>
    public static JoinedType<PortRange> Ports { get; } = new JoinedType<PortRange>(@"^\s*[0-9]+\s*(-\s*[0-9]+\s*)?(,\s*[0-9]+\s*(-\s*[0-9]+\s*)?)*$")
    {
        Definition = "ports",
        Description = "Ports and ranges of ports from 0 to 65535, with commas between them.",
    };
}
