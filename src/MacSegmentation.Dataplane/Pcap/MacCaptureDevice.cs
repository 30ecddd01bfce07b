using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Units;

namespace MacSegmentation.Pcap;

/// <summary>An adapter that pcap sees, and whether an enforcer can open it.</summary>
public sealed record MacCaptureDevice
{
    /// <summary>The name to open it by.</summary>
    public required string Name { get; init; }

    /// <summary>The system's or the driver's words for it.</summary>
    public string? Description { get; init; }

    /// <summary>Its own address, where it has one.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>What it carries, in libpcap's words: EN10MB is Ethernet. Null where it could not be asked.</summary>
    public string? LinkType { get; init; }

    /// <summary>True if it is administratively up. An enforcer opens one that is down and waits for it.</summary>
    public bool IsUp { get; init; }

    /// <summary>True if what is sent on it comes back to the host.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>True if an enforcer can open it.</summary>
    public bool CanOpen { get; init; }

    /// <summary>Why it cannot be opened, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Internet addresses of the host on it. A port that is part of a segment should have none.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init => field = TextList.Of<IPAddress>(value); } = TextList.Of<IPAddress>([]);
}
