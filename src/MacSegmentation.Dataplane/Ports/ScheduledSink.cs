using MacSegmentation.Frames;
using MacSegmentation.Queues;

namespace MacSegmentation.Ports;

/// <summary>A port's sending side behind an egress queue with a discipline: what is due goes to the link's own queue with each flush.</summary>
/// <param name="link">What sends.</param>
/// <param name="queue">Where frames wait.</param>
/// <param name="clock">What the queue goes by.</param>
internal sealed class ScheduledSink(IFrameSink link, FrameQueue queue, QueueClock clock) : IPolledSink
{
    public string Name => link.Name;

    public bool HasBacklog => link.HasBacklog;

    public int BlockedDescriptor => (link as IPolledSink)?.BlockedDescriptor ?? -1;

    public bool Send(in Frame frame) => queue.Offer(frame, clock.Now) switch
    {
        QueueOutcome.Passed => link.Send(frame),
        QueueOutcome.Held => true,
        _ => false,
    };

    public int Flush()
    {
        int failed = 0;
        long now = clock.Now;
        while (queue.NextDue is var due && queue.TryTake(now, out var frame))
        {
            // In a capture it leaves when it is due, whenever the next frame comes that says so.
            failed += link.Send(frame.GoOn(clock.IsOfFrames ? due : now)) ? 0 : 1;
        }

        return failed + link.Flush();
    }

    public void Dispose() => link.Dispose();
}
