using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Ports;

/// <summary>What came in by the port of a record, while it is counted.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
internal struct ArrivalTally
{
    /// <summary>ARP packets, admitted or not.</summary>
    public long ArpPackets;

    /// <summary>MAC addresses that were learned here and not known here before.</summary>
    public long NewAddresses;
}
