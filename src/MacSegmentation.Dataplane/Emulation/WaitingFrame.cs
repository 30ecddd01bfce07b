using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Emulation;

/// <summary>What is known of a frame that waits for a bandwidth, by its slot; each is in one list.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is filled in place.")]
internal struct WaitingFrame
{
    /// <summary>The slot behind it in its list, or −1.</summary>
    public int Next;

    /// <summary>Its octets on the wire.</summary>
    public int Length;

    /// <summary>When it began to wait.</summary>
    public long Since;

    /// <summary>Which one of all that have waited it is.</summary>
    public long Number;

    /// <summary>Its traffic class, 0 to 7.</summary>
    public byte Class;

    /// <summary>True if a bit of it is to be changed when it leaves: until then it is told by its octets which flow it is of.</summary>
    public bool Corrupts;
}
