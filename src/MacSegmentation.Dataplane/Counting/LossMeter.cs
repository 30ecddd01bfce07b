using MacSegmentation.Ports;

namespace MacSegmentation.Counting;

/// <summary>Reads a source's losses. Asking the system for them costs a system call: a few times a second is enough.</summary>
internal sealed class LossMeter(IFrameSource source, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private long lastRead;

    /// <summary>Takes the losses into a tally, if it is time again.</summary>
    public void Update(ref TrafficTally tally)
    {
        long now = clock.GetTimestamp();
        if (clock.GetElapsedTime(lastRead, now) >= Interval)
        {
            lastRead = now;
            tally.FramesLost = source.ReadLostFrames();
        }
    }
}
