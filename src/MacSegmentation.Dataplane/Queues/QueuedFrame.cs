using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Frames;

namespace MacSegmentation.Queues;

/// <summary>A frame that waits, with what was found out about it before.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is filled in place.")]
internal struct QueuedFrame
{
    /// <summary>What was captured of it, and room behind it.</summary>
    public byte[] Bytes;

    /// <summary>How many octets were captured.</summary>
    public int Length;

    /// <summary>Its length on the wire.</summary>
    public int OriginalLength;

    /// <summary>Nanoseconds since 1970 when it arrived.</summary>
    public long ArrivalTime;

    /// <summary>When it came to the queue, by the queue's clock.</summary>
    public long Since;

    /// <summary>What is behind the port that it came in by; 0 for the port itself.</summary>
    public int Endpoint;

    /// <summary>The tag that its carrier brought; 0 for none.</summary>
    public uint CarrierTag;

    /// <summary>The class that it comes from; 0 for none.</summary>
    public uint SourceClass;

    /// <summary>Its header.</summary>
    public FrameHeader Header;

    /// <summary>Its priority code point, 0 to 7.</summary>
    public byte Priority;

    /// <summary>False if what it says of who holds an address is not to be learned.</summary>
    public bool NamesHolders;

    /// <summary>The frame as it goes on.</summary>
    /// <param name="now">The time of the queue's clock: as much later than at its arrival as it has waited.</param>
    public readonly Frame GoOn(long now) => new(Bytes.AsSpan(0, Length), OriginalLength, ArrivalTime + (now - Since)) { Endpoint = Endpoint, CarrierTag = CarrierTag };
}
