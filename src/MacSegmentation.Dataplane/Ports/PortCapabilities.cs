namespace MacSegmentation.Ports;

/// <summary>What a port can carry, as far as it is known.</summary>
public sealed record PortCapabilities
{
    /// <summary>A port of which nothing is known.</summary>
    public static PortCapabilities Unknown { get; } = new();

    /// <summary>Longest frame in octets, without the frame check sequence: the MTU, the header and its tags; null if it is not known.</summary>
    public int? MaxFrameLength { get; init; }

    /// <summary>The link type by its name in pcap (DLT_EN10MB without the prefix).</summary>
    public string LinkType { get; init; } = "EN10MB";

    /// <summary>Offloads in force that hand over merged or unfinished frames, by the names of ethtool.</summary>
    public IReadOnlyList<string> Offloads { get; init; } = [];

    /// <summary>
    /// Split-horizon group: what came in by one port of a group never leaves by another of the same (RFC 4762 section 4.4); 0 for none.
    /// </summary>
    public int SplitHorizonGroup { get; init; }
}
