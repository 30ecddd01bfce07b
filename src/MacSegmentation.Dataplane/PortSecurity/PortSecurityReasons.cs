using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>Why port security and its guards refuse frames.</summary>
internal static class PortSecurityReasons
{
    /// <summary>The source MAC address is neither the interface's nor one of its pairs'.</summary>
    public static readonly VerdictReason SourceMacNotAllowed = VerdictReason.Define(nameof(SourceMacNotAllowed), "port security: source MAC address");

    /// <summary>The source IP address does not belong to the source MAC address.</summary>
    public static readonly VerdictReason SourceIPNotAllowed = VerdictReason.Define(nameof(SourceIPNotAllowed), "port security: source IP address");

    /// <summary>The sender in an ARP packet is not one of the interface's addresses.</summary>
    public static readonly VerdictReason ArpSenderNotAllowed = VerdictReason.Define(nameof(ArpSenderNotAllowed), "port security: ARP sender");

    /// <summary>A virtual router's address in a VRRP advertisement is not one of the interface's.</summary>
    public static readonly VerdictReason VrrpAddressNotAllowed = VerdictReason.Define(nameof(VrrpAddressNotAllowed), "port security: VRRP address");

    /// <summary>DHCP guard: a DHCP server's message from the port of an instance.</summary>
    public static readonly VerdictReason DhcpServerNotAllowed = VerdictReason.Define(nameof(DhcpServerNotAllowed), "DHCP guard");

    /// <summary>Router guard: a router advertisement or redirect from the port of an instance.</summary>
    public static readonly VerdictReason RouterAdvertisementNotAllowed = VerdictReason.Define(nameof(RouterAdvertisementNotAllowed), "router guard");

    /// <summary>The hardware address in a DHCP client's message is not one of the interface's.</summary>
    public static readonly VerdictReason DhcpClientAddressNotAllowed = VerdictReason.Define(nameof(DhcpClientAddressNotAllowed), "port security: DHCP client's hardware address");

    /// <summary>A frame that is neither IP nor ARP, and not of a type that the interface may send.</summary>
    public static readonly VerdictReason EtherTypeNotPermitted = VerdictReason.Define(nameof(EtherTypeNotPermitted), "port security: EtherType");

    /// <summary>More DHCP messages in a second than the port's limit.</summary>
    public static readonly VerdictReason DhcpRateLimit = VerdictReason.Define(nameof(DhcpRateLimit), "DHCP rate limit of the port");

    /// <summary>More router solicitations in a second than the port's limit.</summary>
    public static readonly VerdictReason RsRateLimit = VerdictReason.Define(nameof(RsRateLimit), "router solicitation rate limit of the port");

    /// <summary>More ARP packets in a second than the port's limit.</summary>
    public static readonly VerdictReason ArpRateLimit = VerdictReason.Define(nameof(ArpRateLimit), "ARP rate limit of the port");
}
