namespace MacSegmentation.Frames;

/// <summary>What a frame carries, as far as anybody here asks.</summary>
public enum NetworkProtocol : byte
{
    /// <summary>Anything else, or a frame too short to tell.</summary>
    Other,

    /// <summary>ARP (RFC 826).</summary>
    Arp,

    /// <summary>IPv4 (RFC 791).</summary>
    IPv4,

    /// <summary>IPv6 (RFC 8200).</summary>
    IPv6,
}
