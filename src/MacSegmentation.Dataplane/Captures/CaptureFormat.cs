using System.Buffers.Binary;

namespace MacSegmentation.Captures;

/// <summary>How a pcap file is written, so that what was read can be written as it was (draft-ietf-opsawg-pcap section 4).</summary>
/// <param name="IsBigEndian">True if the file's numbers are big-endian.</param>
/// <param name="IsNanosecond">True if the records' times are in nanoseconds, else in microseconds.</param>
/// <param name="SnapLength">The most octets that are captured of a frame.</param>
/// <param name="LinkField">The field of the link type: the low 16 bits are the type, the others tell of the frame check sequence.</param>
public readonly record struct CaptureFormat(bool IsBigEndian, bool IsNanosecond, uint SnapLength, uint LinkField)
{
    /// <summary>Octets of a file's header.</summary>
    internal const int HeaderLength = 24;

    internal const uint MicrosecondMagic = 0xA1B2_C3D4;
    internal const uint NanosecondMagic = 0xA1B2_3C4D;
    internal const int MajorVersion = 2;
    internal const int MinorVersion = 4;

    /// <summary>The most octets of an Ethernet frame that libpcap captures or reads; a record that claims more is damaged.</summary>
    internal const int MaximumCapturedLength = 262_144;

    private const int MagicOffset = 0;
    private const int MajorOffset = 4;
    private const int MinorOffset = 6;
    private const int SnapOffset = 16;
    private const int LinkOffset = 20;

    /// <summary>A file of Ethernet frames with times in nanoseconds, in the machine's byte order.</summary>
    public static CaptureFormat Nanosecond =>
        new(!BitConverter.IsLittleEndian, IsNanosecond: true, MaximumCapturedLength, LinkType.Ethernet);

    /// <summary>True if numbers must be turned round on this machine.</summary>
    internal bool IsSwapped => IsBigEndian == BitConverter.IsLittleEndian;

    /// <summary>Recognises the first four octets of a pcap file; byte order and resolution follow from them.</summary>
    internal static bool TryRecognise(ReadOnlySpan<byte> start, out bool isBigEndian, out bool isNanosecond)
    {
        uint little = BinaryPrimitives.ReadUInt32LittleEndian(start);
        uint big = BinaryPrimitives.ReadUInt32BigEndian(start);
        isBigEndian = big is MicrosecondMagic or NanosecondMagic;
        isNanosecond = little == NanosecondMagic || big == NanosecondMagic;
        return isBigEndian || little is MicrosecondMagic or NanosecondMagic;
    }

    /// <summary>Reads a whole header whose magic was recognised.</summary>
    /// <returns>The format and the version.</returns>
    internal static (CaptureFormat Format, int Major, int Minor) Read(ReadOnlySpan<byte> header, bool isBigEndian, bool isNanosecond)
    {
        var numbers = new ByteOrder(isBigEndian);
        var format = new CaptureFormat(isBigEndian, isNanosecond, numbers.UInt32(header[SnapOffset..]), numbers.UInt32(header[LinkOffset..]));
        return (format, numbers.UInt16(header[MajorOffset..]), numbers.UInt16(header[MinorOffset..]));
    }

    /// <summary>Writes a file's header.</summary>
    internal void Write(Span<byte> header)
    {
        var numbers = new ByteOrder(IsBigEndian);
        header[..HeaderLength].Clear();
        numbers.Write(header[MagicOffset..], IsNanosecond ? NanosecondMagic : MicrosecondMagic);
        numbers.Write(header[MajorOffset..], (ushort)MajorVersion);
        numbers.Write(header[MinorOffset..], (ushort)MinorVersion);
        numbers.Write(header[SnapOffset..], SnapLength);
        numbers.Write(header[LinkOffset..], LinkField);
    }
}
