using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MacSegmentation.Captures;

/// <summary>What stands before each frame of a pcap file (draft-ietf-opsawg-pcap section 5), in the file's byte order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct RecordHeader(uint seconds, uint fraction, uint capturedLength, uint originalLength)
{
    /// <summary>Octets.</summary>
    public const int Length = 16;

    public readonly uint Seconds = seconds;

    /// <summary>Microseconds or nanoseconds of the second.</summary>
    public readonly uint Fraction = fraction;

    public readonly uint CapturedLength = capturedLength;

    public readonly uint OriginalLength = originalLength;

    /// <summary>The same numbers in the other byte order.</summary>
    public RecordHeader Reversed() => new(
        BinaryPrimitives.ReverseEndianness(Seconds),
        BinaryPrimitives.ReverseEndianness(Fraction),
        BinaryPrimitives.ReverseEndianness(CapturedLength),
        BinaryPrimitives.ReverseEndianness(OriginalLength));
}
