using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Tracing;

/// <summary>A port that nothing is connected to: it tells whether a frame would have left by it.</summary>
internal sealed class TracedPort(string name) : IFrameSource, IFrameSink
{
    public string Name => name;

    /// <summary>Frames that left since somebody looked.</summary>
    public int Taken { get; set; }

    public bool Send(in Frame frame)
    {
        Taken++;
        return true;
    }

    public int Flush() => 0;

    public SourceState Receive(IFrameHandler handler) => SourceState.Ended;

    public void Interrupt()
    {
        // Nobody waits: there is nothing to read.
    }

    public long ReadLostFrames() => 0;

    public void Dispose()
    {
        // There is nothing to close.
    }
}
