using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Captures;

/// <summary>A copy of a frame that a source handed over; equal by content, and readable where a test fails.</summary>
internal sealed record CapturedFrame(string Hex, int OriginalLength, long Timestamp)
{
    public CapturedFrame(byte[] bytes, int originalLength, long timestamp)
        : this(Convert.ToHexString(bytes), originalLength, timestamp)
    {
    }

    public byte[] Bytes => Convert.FromHexString(Hex);

    /// <summary>Reads a capture to its end, or to the error that it ends with.</summary>
    public static (List<CapturedFrame> Frames, Exception? Error) ReadAll(string path)
    {
        var collector = new Collector();
        try
        {
            using var source = CaptureFileSource.Open(path);
            while (source.Receive(collector) != SourceState.Ended)
            {
            }
        }
        catch (Exception error)
        {
            return (collector.Frames, error);
        }

        return (collector.Frames, null);
    }

    /// <summary>Reads an open capture to its end.</summary>
    public static List<CapturedFrame> ReadAll(CaptureFileSource source)
    {
        var collector = new Collector();
        while (source.Receive(collector) != SourceState.Ended)
        {
        }

        return collector.Frames;
    }

    /// <summary>Writes a capture in the form of the one that is read.</summary>
    public static void Copy(string path, string destination)
    {
        using var source = CaptureFileSource.Open(path);
        using var sink = CaptureFileSink.Create(destination, source.Format);
        var sender = new Sender(sink);
        while (source.Receive(sender) != SourceState.Ended)
        {
            sink.Flush();
        }

        sink.Flush();
    }

    private sealed class Collector : IFrameHandler
    {
        public List<CapturedFrame> Frames { get; } = [];

        public void Handle(in Frame frame) => Frames.Add(new CapturedFrame(frame.Bytes.ToArray(), frame.OriginalLength, frame.Timestamp));
    }

    private sealed class Sender(CaptureFileSink sink) : IFrameHandler
    {
        public void Handle(in Frame frame) => sink.Send(frame);
    }
}
