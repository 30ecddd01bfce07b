namespace MacSegmentation.Dhcpv6;

/// <summary>The options that are read or written here, by their codes on the wire; others are passed over.</summary>
public enum Dhcpv6OptionCode
{
    /// <summary>No option.</summary>
    None = 0,

    /// <summary>The client's DUID (RFC 9915 section 21.2).</summary>
    ClientId = 1,

    /// <summary>The server's DUID (section 21.3).</summary>
    ServerId = 2,

    /// <summary>An identity association of IPv6 addresses (section 21.4), which is another server's.</summary>
    IaNa = 3,

    /// <summary>An identity association of temporary addresses, which RFC 9915 made obsolete.</summary>
    IaTa = 4,

    /// <summary>How much a server would be preferred, 0 to 255 (section 21.8).</summary>
    Preference = 7,

    /// <summary>Hundredths of a second since the client began (section 21.9).</summary>
    ElapsedTime = 8,

    /// <summary>The message in a relay's (section 21.10).</summary>
    RelayMessage = 9,

    /// <summary>How something went (section 21.13).</summary>
    StatusCode = 13,

    /// <summary>Two messages will do instead of four (section 21.14).</summary>
    RapidCommit = 14,

    /// <summary>The relay's interface towards the client (section 21.18).</summary>
    InterfaceId = 18,

    /// <summary>An identity association of prefixes (section 21.21), which is another server's.</summary>
    IaPd = 25,

    /// <summary>A relay sends from a port of its own (RFC 8357).</summary>
    RelayPort = 135,

    /// <summary>An identity association of link-layer addresses (RFC 8947 section 11.1).</summary>
    IaLl = 138,

    /// <summary>A block of link-layer addresses (RFC 8947 section 11.2).</summary>
    LlAddr = 139,

    /// <summary>Quadrants of local addresses with how much each is preferred (RFC 8948 section 5.1).</summary>
    SlapQuad = 140,
}
