namespace MacSegmentation.Frames;

/// <summary>Numbers of the type field (IANA, IEEE 802 Numbers).</summary>
internal static class EtherTypes
{
    public const int IPv4 = 0x0800;
    public const int Arp = 0x0806;
    public const int CustomerTag = 0x8100;
    public const int IPv6 = 0x86DD;
    public const int ServiceTag = 0x88A8;

    /// <summary>What service tags had before IEEE 802.1ad; switches still write it.</summary>
    public const int OldServiceTag = 0x9100;

    /// <summary>The same, of others.</summary>
    public const int OlderServiceTag = 0x9200;

    /// <summary>A smaller number is a length: an LLC frame (IEEE 802.3-2022 clause 3.2.6).</summary>
    public const int Minimum = 0x0600;
}
