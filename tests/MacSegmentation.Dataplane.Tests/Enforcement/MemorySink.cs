using System.Collections.Concurrent;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Enforcement;

/// <summary>A port that keeps what is sent to it.</summary>
internal sealed class MemorySink(string name) : IFrameSink
{
    private readonly ConcurrentQueue<byte[]> sent = new();

    public string Name { get; } = name;

    public IReadOnlyCollection<byte[]> Sent => sent;

    /// <summary>Whether the sink takes the frame of this number; by default each.</summary>
    public Func<int, bool> Takes { get; init; } = _ => true;

    /// <summary>How many of the frames taken turn out not to be sendable at a flush.</summary>
    public Func<int> LostAtFlush { get; init; } = () => 0;

    public bool IsDisposed { get; private set; }

    public bool Send(in Frame frame)
    {
        if (!Takes(sent.Count))
        {
            return false;
        }

        sent.Enqueue(frame.Bytes.ToArray());
        return true;
    }

    public int Flush() => LostAtFlush();

    public void Dispose() => IsDisposed = true;
}
