using MacSegmentation.Carriers;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.MetadataPorts;

/// <summary>A sink that gives frames from a partition a metadata header with its id. One that does not fit the adapter for it is counted as not sent.</summary>
/// <param name="sink">What sends.</param>
internal sealed class MetadataSink(IFrameSink sink) : IPolledSink
{
    private byte[] tagged = new byte[16_384];

    public string Name => sink.Name;

    public bool HasBacklog => sink.HasBacklog;

    public int BlockedDescriptor => (sink as IPolledSink)?.BlockedDescriptor ?? -1;

    public bool Send(in Frame frame)
    {
        ushort id = PartitionTag.Of(frame.CarrierTag).Id;
        int at = MetadataSource.TypeOffset(frame.Bytes);
        if (id == 0 || at < 0)
        {
            return sink.Send(frame);
        }

        int length = frame.Bytes.Length + MetadataHeader.Length;
        MetadataSource.MakeFit(ref tagged, length);
        frame.Bytes[..at].CopyTo(tagged);
        MetadataHeader.Write(tagged.AsSpan(at), id);
        frame.Bytes[at..].CopyTo(tagged.AsSpan(at + MetadataHeader.Length));
        return sink.Send(new Frame(tagged.AsSpan(0, length), frame.OriginalLength + MetadataHeader.Length, frame.Timestamp));
    }

    public int Flush() => sink.Flush();

    public void Dispose() => sink.Dispose();
}
