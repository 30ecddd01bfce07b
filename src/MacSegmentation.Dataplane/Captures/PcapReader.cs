using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Captures;

/// <summary>Reads pcap files of either byte order, in microseconds or nanoseconds (draft-ietf-opsawg-pcap).</summary>
internal sealed class PcapReader : CaptureReader
{
    private const int NanosecondsPerMicrosecond = 1_000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly bool isSwapped;
    private readonly int fractionUnit;

    private PcapReader(CaptureWindow window, CaptureFormat format)
        : base(window)
    {
        Format = format;
        isSwapped = format.IsSwapped;
        fractionUnit = format.IsNanosecond ? 1 : NanosecondsPerMicrosecond;
    }

    public override CaptureFormat Format { get; }

    public static PcapReader Open(CaptureWindow window, bool isBigEndian, bool isNanosecond)
    {
        if (!window.Require(CaptureFormat.HeaderLength))
        {
            throw CaptureError.Truncated(window.Path, 0);
        }

        (var format, int major, int minor) = CaptureFormat.Read(window.Available, isBigEndian, isNanosecond);
        if (major != CaptureFormat.MajorVersion || minor != CaptureFormat.MinorVersion)
        {
            throw CaptureError.NotRecognized(window.Path, $"it is a pcap file of version {major}.{minor}, not 2.4");
        }

        int linkType = (int)(format.LinkField & LinkType.Mask);
        if (linkType != LinkType.Ethernet)
        {
            throw CaptureError.NotEthernet(window.Path, linkType);
        }

        window.Take(CaptureFormat.HeaderLength);
        return new PcapReader(window, format);
    }

    public override bool ReadBatch(IFrameHandler handler)
    {
        if (!RequireRecord(RecordHeader.Length))
        {
            return false;
        }

        // What is in memory is walked over without looking at the window again; a record that a block's end cuts is left for the next batch.
        int taken = HandOver(Window.Available, handler, out int missing);
        if (taken == 0)
        {
            RequireRecord(missing);
            taken = HandOver(Window.Available, handler, out _);
        }

        Window.Take(taken);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int HandOver(ReadOnlySpan<byte> records, IFrameHandler handler, out int missing)
    {
        missing = 0;
        int at = 0;
        while (records.Length - at >= RecordHeader.Length)
        {
            var header = MemoryMarshal.Read<RecordHeader>(records[at..]);
            if (isSwapped)
            {
                header = header.Reversed();
            }

            if (header.CapturedLength > CaptureFormat.MaximumCapturedLength || header.OriginalLength > int.MaxValue)
            {
                throw CaptureError.Damaged(Window.Path, Window.Offset + at, $"it claims a frame of {Math.Max(header.CapturedLength, header.OriginalLength)} bytes");
            }

            int bytes = at + RecordHeader.Length;
            int captured = (int)header.CapturedLength;
            if (records.Length - bytes < captured)
            {
                missing = RecordHeader.Length + captured;
                break;
            }

            long timestamp = (header.Seconds * NanosecondsPerSecond) + ((long)header.Fraction * fractionUnit);
            handler.Handle(new Frame(records.Slice(bytes, captured), (int)header.OriginalLength, timestamp));
            at = bytes + captured;
        }

        return at;
    }
}
