using System.Buffers.Binary;
using System.Numerics;
using MacSegmentation.Carriers;
using MacSegmentation.Counting;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.MetadataPorts;

/// <summary>A source whose frames may have a metadata header, which is taken out; a frame without one is as it is.</summary>
/// <param name="source">What arrives. Where ports are polled, it is an <see cref="IPolledSource"/>.</param>
internal sealed class MetadataSource(IFrameSource source) : IPolledSource, IRefusingSource, IFrameHandler
{
    private readonly RefusalTally refusals = new();
    private byte[] bare = new byte[16_384];
    private IFrameHandler? handler;

    public string Name => source.Name;

    public int Descriptor => Polled.Descriptor;

    public ArrivalPace Pace => Polled.Pace;

    private IPolledSource Polled => (IPolledSource)source;

    public SourceState Poll(IFrameHandler handler)
    {
        this.handler = handler;
        return Polled.Poll(this);
    }

    public SourceState Receive(IFrameHandler handler)
    {
        this.handler = handler;
        return source.Receive(this);
    }

    void IFrameHandler.Handle(in Frame frame)
    {
        int at = TypeOffset(frame.Bytes);
        if (at < 0 || BinaryPrimitives.ReadUInt16BigEndian(frame.Bytes[at..]) != MetadataHeader.EtherType)
        {
            handler!.Handle(frame);
            return;
        }

        if (!MetadataHeader.TryRead(frame.Bytes[at..], out ushort id, out var refusal))
        {
            refusals.Note(refusal, frame.OriginalLength);
            return;
        }

        int length = frame.Bytes.Length - MetadataHeader.Length;
        MakeFit(ref bare, length);
        frame.Bytes[..at].CopyTo(bare);
        frame.Bytes[(at + MetadataHeader.Length)..].CopyTo(bare.AsSpan(at));
        handler!.Handle(new Frame(bare.AsSpan(0, length), frame.OriginalLength - MetadataHeader.Length, frame.Timestamp) { CarrierTag = id });
    }

    public void Interrupt() => source.Interrupt();

    public long ReadLostFrames() => source.ReadLostFrames();

    public void TakeRefusals(ref TrafficTally tally) => refusals.MoveTo(ref tally);

    public void Dispose() => source.Dispose();

    /// <summary>Where a frame's type is, behind all tags; −1 if it ends before.</summary>
    internal static int TypeOffset(ReadOnlySpan<byte> frame)
    {
        for (int at = TagStack.Offset; at + sizeof(ushort) <= frame.Length; at += TagStack.TagLength)
        {
            if (!TagStack.IsTag(BinaryPrimitives.ReadUInt16BigEndian(frame[at..])))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Makes room for a frame; as a rule it fits.</summary>
    internal static void MakeFit(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[BitOperations.RoundUpToPowerOf2((uint)length)];
        }
    }
}
