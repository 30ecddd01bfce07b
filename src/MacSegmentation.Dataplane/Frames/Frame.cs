using System.Runtime.CompilerServices;

namespace MacSegmentation.Frames;

/// <summary>A frame where it lies: its bytes belong to the port that handed it over and are valid until the handler returns.</summary>
/// <param name="bytes">What was captured, from the destination address on, without the frame check sequence.</param>
/// <param name="originalLength">Length on the wire in octets, at least the number of captured bytes.</param>
/// <param name="timestamp">Nanoseconds since 1970-01-01 00:00 UTC.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly ref struct Frame(ReadOnlySpan<byte> bytes, int originalLength, long timestamp)
{
    /// <summary>What was captured, from the destination address on.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>Length on the wire in octets.</summary>
    public int OriginalLength { get; } = originalLength;

    /// <summary>Nanoseconds since 1970-01-01 00:00 UTC.</summary>
    public long Timestamp { get; } = timestamp;

    /// <summary>
    /// What is behind the port that it came in by, or is to leave by, where that leads to several (a remote tunnel endpoint); 0 for the port itself.
    /// </summary>
    public int Endpoint
    {
        get => (int)Carrier;
        init => Carrier = (Carrier & ~(ulong)uint.MaxValue) | (uint)value;
    }

    /// <summary>The tag that the port's carrier brought or is to take along (VXLAN's group policy id, say); 0 for none.</summary>
    public uint CarrierTag
    {
        get => (uint)(Carrier >> 32);
        init => Carrier = (uint)Carrier | ((ulong)value << 32);
    }

    /// <summary>Both in one number, the tag above: what is cleared at once and read in halves waits for the clearing.</summary>
    internal ulong Carrier { get; init; }

    /// <summary>The same frame on its way out.</summary>
    /// <param name="endpoint">What is behind the port that it is to leave by; 0 for the port itself.</param>
    /// <param name="carrierTag">What the carrier is to take along; 0 for none.</param>
    internal Frame Towards(int endpoint, uint carrierTag) => new(Bytes, OriginalLength, Timestamp) { Carrier = CarrierOf(endpoint, carrierTag) };

    /// <summary>Both in one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong CarrierOf(int endpoint, uint carrierTag) => ((ulong)carrierTag << 32) | (uint)endpoint;

    /// <summary>True if less was captured than was on the wire.</summary>
    public bool IsTruncated => OriginalLength > Bytes.Length;
}
