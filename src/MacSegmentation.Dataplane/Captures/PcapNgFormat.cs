using MacSegmentation.Frames;

namespace MacSegmentation.Captures;

/// <summary>
/// Writes pcapng (draft-ietf-opsawg-pcapng): one section with one interface, and an enhanced packet block for each frame, its time in nanoseconds since 1970 with 64 bits.
/// </summary>
internal static class PcapNgFormat
{
    /// <summary>What a file's name ends in that is written so.</summary>
    public const string Extension = ".pcapng";

    /// <summary>Octets of what comes before the first frame.</summary>
    public const int HeaderLength = SectionLength + InterfaceLength;

    private const uint SectionBlock = 0x0A0D_0D0A;
    private const uint ByteOrderMagic = 0x1A2B_3C4D;
    private const uint InterfaceBlock = 1;
    private const uint PacketBlock = 6;

    private const int SectionLength = 28;
    private const int InterfaceLength = 32;
    private const int PacketHeaderLength = 28;
    private const int TrailerLength = 4;

    private const ushort TimeResolution = 9;
    private const byte Nanoseconds = 9;

    /// <summary>Octets that a frame takes.</summary>
    /// <param name="captured">Octets that were captured of it.</param>
    public static int LengthOf(int captured) => PacketHeaderLength + Padded(captured) + TrailerLength;

    /// <summary>Writes what comes before the first frame.</summary>
    /// <param name="header">At least <see cref="HeaderLength"/> octets.</param>
    /// <param name="format">Byte order, link type and the most octets that are captured of a frame.</param>
    public static void WriteHeader(Span<byte> header, CaptureFormat format)
    {
        var numbers = new ByteOrder(format.IsBigEndian);
        header[..HeaderLength].Clear();
        numbers.Write(header, SectionBlock);
        numbers.Write(header[4..], (uint)SectionLength);
        numbers.Write(header[8..], ByteOrderMagic);
        numbers.Write(header[12..], (ushort)1);

        // The length of a section that is being written is not known: all ones.
        header.Slice(16, 8).Fill(byte.MaxValue);
        numbers.Write(header[24..], (uint)SectionLength);

        var block = header.Slice(SectionLength, InterfaceLength);
        numbers.Write(block, InterfaceBlock);
        numbers.Write(block[4..], (uint)InterfaceLength);
        numbers.Write(block[8..], (ushort)format.LinkField);
        numbers.Write(block[12..], format.SnapLength);
        numbers.Write(block[16..], TimeResolution);
        numbers.Write(block[18..], (ushort)1);
        block[20] = Nanoseconds;
        numbers.Write(block[28..], (uint)InterfaceLength);
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="block">As many octets as <see cref="LengthOf"/> says.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="isBigEndian">True if the file's numbers are big-endian.</param>
    public static void Write(Span<byte> block, in Frame frame, bool isBigEndian)
    {
        var numbers = new ByteOrder(isBigEndian);
        ulong time = (ulong)frame.Timestamp;
        numbers.Write(block, PacketBlock);
        numbers.Write(block[4..], (uint)block.Length);
        numbers.Write(block[8..], 0u);
        numbers.Write(block[12..], (uint)(time >> 32));
        numbers.Write(block[16..], (uint)time);
        numbers.Write(block[20..], (uint)frame.Bytes.Length);
        numbers.Write(block[24..], (uint)frame.OriginalLength);
        frame.Bytes.CopyTo(block[PacketHeaderLength..]);
        block[(PacketHeaderLength + frame.Bytes.Length)..^TrailerLength].Clear();
        numbers.Write(block[^TrailerLength..], (uint)block.Length);
    }

    private static int Padded(int length) => (length + 3) & ~3;
}
