namespace MacSegmentation.Captures;

/// <summary>Writes captures number by number, as the drafts draw them and not as the code under test does it.</summary>
internal sealed class CaptureBuilder(bool isBigEndian)
{
    private readonly List<byte> bytes = [];
    private readonly List<(int End, int Frames)> boundaries = [];
    private int frames;

    public bool IsBigEndian { get; set; } = isBigEndian;

    /// <summary>The places at which the file could end without being truncated, with the number of frames before each.</summary>
    public IReadOnlyList<(int End, int Frames)> Boundaries => boundaries;

    public byte[] ToArray() => [.. bytes];

    public CaptureBuilder Pcap(bool isNanosecond = false, uint linkField = 1, uint snapLength = 65_535, int major = 2, int minor = 4)
    {
        U32(isNanosecond ? 0xA1B23C4D : 0xA1B2C3D4).U16(major).U16(minor).U32(0).U32(0).U32(snapLength).U32(linkField);
        return Mark(0);
    }

    public CaptureBuilder Record(uint seconds, uint fraction, byte[] frame, int? original = null)
    {
        U32(seconds).U32(fraction).U32((uint)frame.Length).U32((uint)(original ?? frame.Length));
        bytes.AddRange(frame);
        return Mark(1);
    }

    public CaptureBuilder Section(bool bigEndian, long length = -1, int major = 1)
    {
        IsBigEndian = bigEndian;
        return Block(0x0A0D0D0A, body => body.U32(0x1A2B3C4D).U16(major).U16(0).U64((ulong)length).Option(4, "a test"u8.ToArray()).Option(0, []));
    }

    public CaptureBuilder Interface(int linkType = 1, uint snapLength = 0, byte? resolution = null, long? offset = null) => Block(1, body =>
    {
        body.U16(linkType).U16(0).U32(snapLength).Option(2, "eth0"u8.ToArray());
        if (resolution is { } exponent)
        {
            body.Option(9, [exponent]);
        }

        if (offset is { } seconds)
        {
            body.Option(14, new CaptureBuilder(IsBigEndian).U64((ulong)seconds).ToArray());
        }

        body.Option(0, []);
    });

    public CaptureBuilder Enhanced(uint index, ulong ticks, byte[] frame, int? original = null, byte[]? comment = null) => Packet(6, body =>
    {
        body.U32(index).U32((uint)(ticks >> 32)).U32((uint)ticks).U32((uint)frame.Length).U32((uint)(original ?? frame.Length)).Padded(frame);
        if (comment is not null)
        {
            body.Option(1, comment).Option(0, []);
        }
    });

    public CaptureBuilder Obsolete(int index, ulong ticks, byte[] frame, int? original = null) => Packet(2, body => body
        .U16(index).U16(0xFFFF).U32((uint)(ticks >> 32)).U32((uint)ticks).U32((uint)frame.Length).U32((uint)(original ?? frame.Length)).Padded(frame));

    public CaptureBuilder Simple(byte[] captured, int original) => Packet(3, body => body.U32((uint)original).Padded(captured));

    public CaptureBuilder Unknown(uint type, byte[] content) => Block(type, body => body.Padded(content));

    /// <summary>A block with whatever is in it, and with whatever length it claims.</summary>
    public CaptureBuilder Block(uint type, Action<CaptureBuilder> fill, int claimedMore = 0)
    {
        Raw(type, fill, claimedMore);
        return Mark(0);
    }

    public CaptureBuilder U16(int number) => Number((uint)number, 2);

    public CaptureBuilder U32(uint number) => Number(number, 4);

    public CaptureBuilder U64(ulong number) => Number(number, 8);

    private CaptureBuilder Packet(uint type, Action<CaptureBuilder> fill)
    {
        Raw(type, fill, 0);
        return Mark(1);
    }

    private void Raw(uint type, Action<CaptureBuilder> fill, int claimedMore)
    {
        var body = new CaptureBuilder(IsBigEndian);
        fill(body);
        uint length = (uint)(12 + body.bytes.Count + claimedMore);
        U32(type).U32(length);
        bytes.AddRange(body.bytes);
        U32(length);
    }

    private CaptureBuilder Option(int code, byte[] value) => U16(code).U16(value.Length).Padded(value);

    private CaptureBuilder Padded(byte[] content)
    {
        bytes.AddRange(content);
        while (bytes.Count % 4 != 0)
        {
            bytes.Add(0);
        }

        return this;
    }

    private CaptureBuilder Number(ulong number, int size)
    {
        for (int i = 0; i < size; i++)
        {
            bytes.Add((byte)(number >> (8 * (IsBigEndian ? size - 1 - i : i))));
        }

        return this;
    }

    private CaptureBuilder Mark(int more)
    {
        frames += more;
        boundaries.Add((bytes.Count, frames));
        return this;
    }
}
