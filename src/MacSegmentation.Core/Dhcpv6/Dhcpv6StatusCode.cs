namespace MacSegmentation.Dhcpv6;

/// <summary>How something went (RFC 9915 section 21.13), by the numbers on the wire. 5, UseMulticast, is obsolete: it is neither sent nor minded.</summary>
public enum Dhcpv6StatusCode
{
    /// <summary>Well.</summary>
    Success = 0,

    /// <summary>Not, for no reason that has a number.</summary>
    UnspecFail = 1,

    /// <summary>There is no address to give.</summary>
    NoAddrsAvail = 2,

    /// <summary>The server knows of no such binding.</summary>
    NoBinding = 3,

    /// <summary>The address is not right for the client's link.</summary>
    NotOnLink = 4,
}
