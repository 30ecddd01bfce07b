using System.Buffers.Binary;
using System.Runtime.CompilerServices;
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

    /// <summary>Writes one, number by number: to move a whole one at once waits for the four stores that it was made of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(Span<byte> to, uint seconds, uint fraction, uint capturedLength, uint originalLength, bool isReversed)
    {
        ref byte at = ref MemoryMarshal.GetReference(to[..Length]);
        if (isReversed)
        {
            (seconds, fraction) = (BinaryPrimitives.ReverseEndianness(seconds), BinaryPrimitives.ReverseEndianness(fraction));
            (capturedLength, originalLength) = (BinaryPrimitives.ReverseEndianness(capturedLength), BinaryPrimitives.ReverseEndianness(originalLength));
        }

        Unsafe.WriteUnaligned(ref at, seconds);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 4), fraction);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 8), capturedLength);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 12), originalLength);
    }

    /// <summary>The same numbers in the other byte order.</summary>
    public RecordHeader Reversed() => new(
        BinaryPrimitives.ReverseEndianness(Seconds),
        BinaryPrimitives.ReverseEndianness(Fraction),
        BinaryPrimitives.ReverseEndianness(CapturedLength),
        BinaryPrimitives.ReverseEndianness(OriginalLength));
}
