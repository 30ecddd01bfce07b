using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Benchmarks.Switch;

/// <summary>A port that takes every frame and does nothing with it.</summary>
internal sealed class NoWire(string name) : IFrameSource, IFrameSink
{
    public string Name => name;

    public long Taken { get; private set; }

    public bool Send(in Frame frame)
    {
        Taken++;
        return true;
    }

    public int Flush() => 0;

    public SourceState Receive(IFrameHandler handler) => SourceState.Ended;

    public void Interrupt()
    {
        // Nobody waits.
    }

    public long ReadLostFrames() => 0;

    public void Dispose()
    {
        // There is nothing to close.
    }
}
