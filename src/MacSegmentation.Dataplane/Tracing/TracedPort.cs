using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Tracing;

/// <summary>A port that nothing is connected to: it tells whether a frame would have left by it.</summary>
internal sealed class TracedPort(string name, List<TracedPort> taken) : IFrameSource, IFrameSink
{
    public string Name => name;

    public bool Send(in Frame frame)
    {
        taken.Add(this);
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
