using MacSegmentation.Frames;
using MacSegmentation.Marking;
using MacSegmentation.Queues;

namespace MacSegmentation.Ports;

/// <summary>A port's sending side behind an egress queue with a discipline: what is due goes to the link's own queue with each flush.</summary>
/// <param name="link">What sends.</param>
/// <param name="queue">Where frames wait.</param>
/// <param name="clock">What the queue goes by.</param>
internal sealed class ScheduledSink(IFrameSink link, FrameQueue queue, QueueClock clock) : IPolledSink
{
    private FrameMarker? marker;

    public string Name => link.Name;

    public bool HasBacklog => link.HasBacklog;

    public int BlockedDescriptor => (link as IPolledSink)?.BlockedDescriptor ?? -1;

    /// <summary>The priority code point of the next frame, which it may not show any more.</summary>
    public byte Priority { get; set; }

    /// <summary>What is changed about each frame; null for nothing.</summary>
    public FrameMarking? Marking
    {
        get;
        set
        {
            field = value;
            marker ??= value is null ? null : new FrameMarker();
        }
    }

    public bool Send(in Frame frame) => Marking is { } marking
        ? Offer(new Frame(marker!.Mark(frame.Bytes, frame.OriginalLength, marking), frame.OriginalLength, frame.Timestamp) { Carrier = frame.Carrier })
        : Offer(frame);

    public int Flush()
    {
        int failed = 0;
        long now = clock.Now;
        while (queue.NextDue is var due && due <= now)
        {
            // In a capture it leaves when it is due, whenever the next frame comes that says so.
            long at = clock.IsOfFrames ? due : now;
            failed += !queue.TryTake(at, out var frame) || link.Send(frame.GoOn(at)) ? 0 : 1;
        }

        return failed + link.Flush();
    }

    public void Dispose() => link.Dispose();

    private bool Offer(in Frame frame) => queue.Offer(frame, clock.Now, new QueuedFrame { Priority = Priority }) switch
    {
        QueueOutcome.Passed => link.Send(frame),
        QueueOutcome.Held => true,
        _ => false,
    };
}
