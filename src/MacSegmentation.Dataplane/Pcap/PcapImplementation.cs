namespace MacSegmentation.Pcap;

/// <summary>Whose library was loaded: what differs between them is decided by this and never by the system they run on.</summary>
internal enum PcapImplementation
{
    /// <summary>libpcap on a Unix.</summary>
    Libpcap,

    /// <summary>A wpcap.dll with all that Npcap adds: pcap_open's flags, a kernel buffer, send queues.</summary>
    Npcap,

    /// <summary>
    /// Wine's own wpcap.dll, which leads to the host's libpcap. It exports much of what Npcap adds, but calling that ends the process.
    /// Any other wpcap.dll without Npcap's functions is used in the same way.
    /// </summary>
    Wine,
}
