namespace MacSegmentation.Capture;

/// <summary>PCAP_IF_ of pcap/pcap.h: what an adapter's flags mean, for which SharpPcap has no public names.</summary>
internal static class InterfaceFlags
{
    internal const uint Loopback = 1;
    internal const uint Up = 2;
}
