using System.Buffers.Binary;
using System.Security.Cryptography;
using MacSegmentation.Captures;
using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Fitting;

/// <summary>
/// The frames of a capture as they are compared: of an IP packet all but what a way changes (addresses and tags of Ethernet, traffic class, time to live and IPv4's header checksum), of any other
/// frame all of it.
/// </summary>
internal sealed class SeenFrames : IFrameHandler
{
    /// <summary>Frames of a capture at most.</summary>
    public const int MaxFrames = 5_000_000;

    private const int EthernetLength = 14;
    private const int SourceOffset = 6;
    private const int TagLength = 4;
    private const int LongestTags = EthernetLength + (4 * TagLength);

    private readonly string path;
    private readonly int limit;
    private readonly byte[] buffer = new byte[1 << 16];

    private SeenFrames(string path, int limit)
    {
        this.path = path;
        this.limit = limit;
    }

    /// <summary>The frames by their times.</summary>
    public List<SeenFrame> All { get; } = [];

    /// <summary>Octets of a frame without tags that are there of each: cut ones are compared as far as the shortest is there.</summary>
    public int CommonLength { get; private set; } = int.MaxValue;

    /// <summary>Reads a capture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">Octets of a frame that are compared at most.</param>
    /// <exception cref="MacSegmentationException">CaptureTooLong, and those of <see cref="CaptureFileSource"/>.</exception>
    public static SeenFrames Read(string path, int limit = int.MaxValue)
    {
        var frames = new SeenFrames(path, limit);
        using var source = CaptureFileSource.Open(path);
        while (source.Receive(frames) != SourceState.Ended)
        {
        }

        frames.All.Sort(static (one, other) => one.Time.CompareTo(other.Time));
        return frames;
    }

    /// <inheritdoc/>
    public void Handle(in Frame frame)
    {
        if (All.Count == MaxFrames)
        {
            throw new MacSegmentationException("CaptureTooLong", MacErrorKind.InvalidArgument, $"The capture {path} has more than {MaxFrames} frames, of which a profile is fitted at most. Give a part of it.", path);
        }

        if (frame.Bytes.Length < EthernetLength)
        {
            return;
        }

        var digest = DigestOf(frame.Bytes[..Math.Min(frame.Bytes.Length, buffer.Length)], out int tags);
        if (frame.Bytes.Length < frame.OriginalLength)
        {
            CommonLength = Math.Min(CommonLength, frame.Bytes.Length - tags);
        }

        All.Add(new SeenFrame(digest, frame.Timestamp, frame.OriginalLength - tags, AddressAt(frame.Bytes, SourceOffset), AddressAt(frame.Bytes, 0)));
    }

    /// <summary>The digest of a frame.</summary>
    /// <param name="bytes">The frame.</param>
    /// <param name="tags">Octets of its tags, which are not counted: they may be other ones at the other end.</param>
    private UInt128 DigestOf(ReadOnlySpan<byte> bytes, out int tags)
    {
        int network = EthernetLength;
        while (network < LongestTags && bytes.Length >= network + TagLength && TypeAt(bytes, network) is 0x8100 or 0x88A8 or 0x9100 or 0x9200)
        {
            network += TagLength;
        }

        tags = network - EthernetLength;
        ushort type = TypeAt(bytes, network);
        var copy = buffer.AsSpan(0, bytes.Length - tags);
        bytes[..(EthernetLength - 2)].CopyTo(copy);
        bytes[(network - 2)..].CopyTo(copy[(EthernetLength - 2)..]);
        var packet = copy[EthernetLength..];
        if (type == 0x0800 && packet.Length >= 20)
        {
            copy[..(EthernetLength - 2)].Clear();
            (packet[1], packet[8], packet[10], packet[11]) = (0, 0, 0, 0);
        }
        else if (type == 0x86DD && packet.Length >= 40)
        {
            copy[..(EthernetLength - 2)].Clear();
            (packet[0], packet[1], packet[7]) = (0x60, (byte)(packet[1] & 0x0F), 0);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(copy[..Math.Min(copy.Length, limit)], hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private static ushort TypeAt(ReadOnlySpan<byte> bytes, int network) => BinaryPrimitives.ReadUInt16BigEndian(bytes[(network - 2)..]);

    private static ulong AddressAt(ReadOnlySpan<byte> bytes, int offset) => ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[(offset + 2)..]);
}
