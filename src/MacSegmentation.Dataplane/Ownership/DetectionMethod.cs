using MacSegmentation.Frames;

namespace MacSegmentation.Ownership;

/// <summary>How a switch learned who holds an address.</summary>
public enum DetectionMethod
{
    /// <summary>It is a fixed address of one interface: nobody else can hold it.</summary>
    Fixed,

    /// <summary>A frame came from the MAC address.</summary>
    Frame,

    /// <summary>An ARP packet named it as its sender's (RFC 826; announcements: RFC 5227 section 3).</summary>
    Arp,

    /// <summary>A neighbour advertisement named it as its target (RFC 4861 section 7.2.6), or another message of neighbour discovery as its sender's.</summary>
    NeighborAdvertisement,

    /// <summary>A VRRP advertisement listed it (RFC 9568 section 5.2.9).</summary>
    Vrrp,
}
