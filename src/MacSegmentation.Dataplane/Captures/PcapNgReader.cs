using System.Buffers.Binary;
using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Captures;

/// <summary>
/// Reads pcapng files (draft-ietf-opsawg-pcapng): sections of either byte order, several interfaces with their own clocks, and the three
/// kinds of packet blocks. Every other kind of block is skipped, however long.
/// </summary>
internal sealed class PcapNgReader : CaptureReader
{
    private const uint SectionBlock = 0x0A0D_0D0A;
    private const uint InterfaceBlock = 1;
    private const uint ObsoletePacketBlock = 2;
    private const uint SimplePacketBlock = 3;
    private const uint EnhancedPacketBlock = 6;
    private const uint ByteOrderMagic = 0x1A2B_3C4D;

    private const int MinimumBlock = 12;
    private const int LengthOffset = 4;
    private const int BodyOffset = 8;
    private const int TrailerLength = 4;
    private const int SectionBody = 16;
    private const int InterfaceBody = 8;
    private const int PacketBody = 20;

    /// <summary>The longest block that is taken into memory, as in libpcap; a longer one that should hold a frame is damaged.</summary>
    private const int MaximumBlock = 1 << 24;

    private readonly List<PcapNgInterface> interfaces = [];
    private ByteOrder numbers;

    private PcapNgReader(CaptureWindow window)
        : base(window)
    {
    }

    /// <summary>Each interface has its own clock, so all are written in nanoseconds: that loses nothing.</summary>
    public override CaptureFormat Format => CaptureFormat.Nanosecond;

    public static bool IsRecognised(ReadOnlySpan<byte> start) => BinaryPrimitives.ReadUInt32LittleEndian(start) == SectionBlock;

    public static PcapNgReader Open(CaptureWindow window)
    {
        var reader = new PcapNgReader(window);
        while (reader.RequireBlock(out uint type, out int length) && !IsPacket(type))
        {
            reader.Describe(type, length);
        }

        return reader;
    }

    public override bool ReadBatch(IFrameHandler handler)
    {
        if (!RequireBlock(out uint type, out int length))
        {
            return false;
        }

        do
        {
            if (IsPacket(type))
            {
                handler.Handle(ReadPacket(type, length));
                Window.Take(length);
            }
            else
            {
                Describe(type, length);
            }
        }
        while (IsBlockAvailable(out type, out length));
        return true;
    }

    private static bool IsPacket(uint type) => type is EnhancedPacketBlock or SimplePacketBlock or ObsoletePacketBlock;

    /// <summary>Sees to it that the next block of interest is in memory as a whole; skips the others.</summary>
    /// <returns>False if the file ended cleanly before it.</returns>
    private bool RequireBlock(out uint type, out int length)
    {
        while (RequireRecord(MinimumBlock))
        {
            (type, uint claimed) = ReadBlockStart();
            if (IsPacket(type) || type is SectionBlock or InterfaceBlock)
            {
                length = claimed <= MaximumBlock ? (int)claimed : throw Damaged($"it claims a block of {claimed} bytes");
                RequireRecord(length);
                CheckTrailer(length);
                return true;
            }

            SkipBlock(claimed);
        }

        (type, length) = (0, 0);
        return false;
    }

    /// <summary>True if the next block is in memory as a whole, and is not one to be skipped.</summary>
    private bool IsBlockAvailable(out uint type, out int length)
    {
        (type, length) = (0, 0);
        if (Window.Available.Length < MinimumBlock)
        {
            return false;
        }

        (type, uint claimed) = ReadBlockStart();
        if (claimed > Window.Available.Length || !(IsPacket(type) || type is SectionBlock or InterfaceBlock))
        {
            return false;
        }

        length = (int)claimed;
        CheckTrailer(length);
        return true;
    }

    private (uint Type, uint Length) ReadBlockStart()
    {
        var block = Window.Available;
        uint type = numbers.UInt32(block);

        // A section's type reads the same in both orders; what follows it says in which one the section is written (section 4.1).
        if (type == SectionBlock)
        {
            numbers = BinaryPrimitives.ReadUInt32LittleEndian(block[BodyOffset..]) switch
            {
                ByteOrderMagic => new ByteOrder(IsBigEndian: false),
                var magic when BinaryPrimitives.ReverseEndianness(magic) == ByteOrderMagic => new ByteOrder(IsBigEndian: true),
                _ => throw Damaged("the section's byte order is unknown"),
            };
        }

        uint length = numbers.UInt32(block[LengthOffset..]);
        return length >= MinimumBlock && length % sizeof(uint) == 0 ? (type, length) : throw Damaged($"a block's length is {length}");
    }

    private void SkipBlock(uint length)
    {
        long begin = Window.Offset;
        if (!Window.Skip(length - TrailerLength) || !Window.Require(TrailerLength))
        {
            throw CaptureError.Truncated(Window.Path, begin);
        }

        if (numbers.UInt32(Window.Available) != length)
        {
            throw CaptureError.Damaged(Window.Path, begin, "the lengths at a block's start and end differ");
        }

        Window.Take(TrailerLength);
    }

    private void CheckTrailer(int length)
    {
        if (numbers.UInt32(Window.Available[(length - TrailerLength)..]) != (uint)length)
        {
            throw Damaged("the lengths at a block's start and end differ");
        }
    }

    /// <summary>Takes in what the blocks without frames say: a new section, or one more interface.</summary>
    private void Describe(uint type, int length)
    {
        var body = Body(length);
        if (type == SectionBlock)
        {
            Require(body, SectionBody);
            int major = numbers.UInt16(body[sizeof(uint)..]);
            if (major != 1)
            {
                throw CaptureError.NotRecognized(Window.Path, $"the section at byte {Window.Offset} is pcapng of version {major}, not 1");
            }

            interfaces.Clear();
        }
        else
        {
            Require(body, InterfaceBody);
            int linkType = numbers.UInt16(body);
            if (linkType != LinkType.Ethernet)
            {
                throw CaptureError.NotEthernet(Window.Path, linkType);
            }

            interfaces.Add(ReadInterface(body));
        }

        Window.Take(length);
    }

    private PcapNgInterface ReadInterface(ReadOnlySpan<byte> body)
    {
        const int EndOfOptions = 0;
        const int TimeResolution = 9;
        const int TimeOffset = 14;
        const int OptionHeader = 4;

        uint snapLength = numbers.UInt32(body[sizeof(uint)..]);
        byte resolution = 6;
        long offset = 0;
        var options = body[InterfaceBody..];
        while (options.Length >= OptionHeader && numbers.UInt16(options) is var code and not EndOfOptions)
        {
            int length = numbers.UInt16(options[sizeof(ushort)..]);
            Require(options, OptionHeader + length);
            var value = options.Slice(OptionHeader, length);
            switch (code)
            {
                case TimeResolution:
                    Require(value, 1);
                    resolution = value[0];
                    break;
                case TimeOffset:
                    Require(value, sizeof(long));
                    offset = numbers.Int64(value);
                    break;
            }

            options = options[Math.Min(OptionHeader + Padded(length), options.Length)..];
        }

        return new PcapNgInterface(snapLength, resolution, offset);
    }

    private Frame ReadPacket(uint type, int length)
    {
        var body = Body(length);
        if (type == SimplePacketBlock)
        {
            return ReadSimplePacket(body);
        }

        // The obsolete block differs in its first field only: 16 bits of interface and 16 of a drop counter.
        Require(body, PacketBody);
        uint index = type == EnhancedPacketBlock ? numbers.UInt32(body) : numbers.UInt16(body);
        ulong ticks = ((ulong)numbers.UInt32(body[4..]) << 32) | numbers.UInt32(body[8..]);
        if (!Interface(index).TryConvert(ticks, out long timestamp))
        {
            throw Damaged("a frame's time is before 1970 or after 2262, which nanoseconds of 63 bits cannot tell");
        }

        return ReadFrame(body[PacketBody..], numbers.UInt32(body[12..]), numbers.UInt32(body[16..]), timestamp);
    }

    /// <summary>A simple packet has no time, belongs to the first interface, and is as long as that one's snap length lets it be (section 4.4).</summary>
    private Frame ReadSimplePacket(ReadOnlySpan<byte> body)
    {
        Require(body, sizeof(uint));
        uint original = numbers.UInt32(body);
        uint snapLength = Interface(0).SnapLength;
        uint captured = snapLength == 0 ? original : Math.Min(original, snapLength);
        return ReadFrame(body[sizeof(uint)..], captured, original, timestamp: 0);
    }

    private Frame ReadFrame(ReadOnlySpan<byte> bytes, uint captured, uint original, long timestamp)
    {
        if (captured > CaptureFormat.MaximumCapturedLength || original > int.MaxValue)
        {
            throw Damaged($"it claims a frame of {Math.Max(captured, original)} bytes");
        }

        Require(bytes, (int)captured);
        return new Frame(bytes[..(int)captured], (int)original, timestamp);
    }

    private PcapNgInterface Interface(uint index) =>
        index < (uint)interfaces.Count ? interfaces[(int)index] : throw Damaged($"a frame belongs to interface {index}, which is not described");

    private ReadOnlySpan<byte> Body(int length) => Window.Available[BodyOffset..(length - TrailerLength)];

    private void Require(ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length < length)
        {
            throw Damaged("a block is shorter than what it should hold");
        }
    }

    private MacSegmentationException Damaged(string what) => CaptureError.Damaged(Window.Path, Window.Offset, what);

    private static int Padded(int length) => (length + 3) & ~3;
}
