using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Switch;

/// <summary>A port at which frames arrive as fast as they are taken, so many or until it is told to stop.</summary>
/// <param name="name">Its name.</param>
/// <param name="frames">The frames, one after the other and again from the first.</param>
/// <param name="count">How many arrive in all.</param>
internal sealed class PumpSource(string name, byte[][] frames, long count = long.MaxValue) : IFrameSource
{
    private volatile bool isInterrupted;

    public string Name => name;

    /// <summary>Frames that arrived.</summary>
    public long Sent { get; private set; }

    /// <summary>Octets of the frames that arrived.</summary>
    public long Octets { get; private set; }

    public SourceState Receive(IFrameHandler handler)
    {
        for (int i = 0; i < 64 && Sent < count; i++)
        {
            byte[] frame = frames[Sent % frames.Length];
            Sent++;
            Octets += frame.Length;
            handler.Handle(new Frame(frame, frame.Length, FrameTime.Now(TimeProvider.System)));
        }

        return isInterrupted || Sent == count ? SourceState.Ended : SourceState.Open;
    }

    public void Interrupt() => isInterrupted = true;

    public long ReadLostFrames() => 0;

    public void Dispose()
    {
    }
}
