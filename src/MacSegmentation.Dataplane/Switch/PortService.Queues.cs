using MacSegmentation.Emulation;
using MacSegmentation.Ingress;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Queues;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch;

/// <content>What waits in the port's queues, and how it goes on.</content>
internal sealed partial class PortService<TKind>
{
    /// <summary>Frames of the ingress queue that go on in one turn at most, so that no port waits for more than that.</summary>
    private const int MaxReleased = 64;

    public bool HasQueues => port.MayQueue || egressPort.MayQueue || port.IngressQueue is not null || egressPort.EgressQueue is not null;

    public long Delay
    {
        get
        {
            long due = Math.Min(port.IngressQueue?.NextDue ?? long.MaxValue, egressPort.EgressQueue?.NextDue ?? long.MaxValue);
            due = Math.Min(due, pipeline.Profiles.NextChange);
            return due == long.MaxValue ? due : Math.Max(due - queueClock.Now, 0);
        }
    }

    public void ServeQueues()
    {
        bool hasDue = Delay == 0;
        if (!hasDue && !Array.Exists(sharedPorts, static other => other.Sink.HasBacklog))
        {
            return;
        }

        turn.Enter();
        try
        {
            if (hasDue)
            {
                Release();
            }

            FlushBacklog(ofAll: !hasDue);
        }
        catch
        {
            counter.Current.SettleUnfinishedFrame(SendStage.SendFailed);
            throw;
        }
        finally
        {
            counter.Publish();
            turn.Exit();
        }
    }

    /// <summary>Has frames go on that have waited their time in the ingress queue. The caller has the turn.</summary>
    private void Release()
    {
        if (pipeline.Profiles.NextChange <= queueClock.Now)
        {
            pipeline.Profiles.ChangeDue();
        }

        CountWaited();
        if (port.IngressQueue is not { } queue || isStopped)
        {
            return;
        }

        long now = queueClock.Now;
        for (int released = 0; released < MaxReleased && queue.TryTake(now, out var frame); released++)
        {
            Resume(frame, now);
        }
    }

    /// <summary>Time goes on in a capture until a frame's: what comes before it happens at its own time.</summary>
    private void MoveInCapture(long time)
    {
        queueClock.Begin(time);
        while (pipeline.Profiles.NextChange is var change && change <= time)
        {
            ChangeInCapture(change);
        }

        queueClock.MoveTo(time);
        ReleaseInCapture(queueClock.Now);
    }

    private void ChangeInCapture(long time)
    {
        queueClock.MoveTo(time);
        ReleaseInCapture(time);
        pipeline.Profiles.ChangeDue();
    }

    /// <summary>The same by the clock of a capture's frames: each goes on when it is due, and between the frames where it belongs.</summary>
    private void ReleaseInCapture(long now)
    {
        while (port.IngressQueue is { } queue && queue.NextDue is var due && due <= now)
        {
            if (queue.TryTake(due, out var frame))
            {
                Resume(frame, due);
            }
        }
    }

    /// <summary>After a capture's last frame time passes for those that still wait.</summary>
    private void DrainCapture()
    {
        if (!(isClockOfFrames && HasQueues) || isStopped)
        {
            return;
        }

        turn.Enter();
        hasTurn = true;
        try
        {
            long due;
            while ((due = Math.Min(port.IngressQueue?.NextDue ?? long.MaxValue, egressPort.EgressQueue?.NextDue ?? long.MaxValue)) != long.MaxValue)
            {
                if (pipeline.Profiles.NextChange is var change && change <= due)
                {
                    ChangeInCapture(change);
                    continue;
                }

                queueClock.MoveTo(due);
                ReleaseInCapture(due);
                FlushBacklog(ofAll: true);
            }
        }
        catch
        {
            FinishBatch(hasFailed: true);
            throw;
        }

        FinishBatch(hasFailed: false);
    }

    private void Resume(in QueuedFrame waited, long now)
    {
        ref var count = ref counter.Current;
        count.FramesQueued--;
        count.BytesQueued -= waited.OriginalLength;
        FrameContext.GoOn(port, waited, now, ref pipeline.Packet, out var context);
        pipeline.Resume(ref context);
        Count(context, waited.OriginalLength);
    }

    /// <summary>What the direction's vNIC profile does; null if there is none. From any thread.</summary>
    public LinkStatistics? DescribeLink()
    {
        turn.Enter();
        try
        {
            return (port.FromInstance ?? egressPort.ToInstance)?.Describe();
        }
        finally
        {
            turn.Exit();
        }
    }

    /// <summary>Takes in what became of frames while they waited in the ingress queue.</summary>
    private void CountWaited()
    {
        CountFlushed();
        if (port.IngressQueue is { Changes: { IsEmpty: false } changes })
        {
            ref var count = ref counter.Current;
            count.FramesIn += changes.Duplicates;
            count.BytesIn += changes.DuplicateBytes;
            count.FramesQueued += changes.Duplicates - changes.GivenUp;
            count.BytesQueued += changes.DuplicateBytes - changes.GivenUpBytes;
            count.BytesDropped += changes.GivenUpBytes;
            for (int reason = 0; reason < changes.ByReason.Length; reason++)
            {
                count.Dropped[reason] += changes.ByReason[reason];
            }

            changes.Clear();
        }
    }

    /// <summary>Takes in what became of frames while they waited in a port's egress queue, and were counted as sent.</summary>
    private void CountWaited(SwitchPort other)
    {
        if (other.EgressQueue is not { Changes: { IsEmpty: false } changes })
        {
            return;
        }

        other.Egress.FramesSent += changes.Duplicates - changes.GivenUp;
        other.Egress.BytesSent += changes.DuplicateBytes - changes.GivenUpBytes;
        other.Egress.FramesNotSent += changes.GivenUp;
        if (route is not null)
        {
            ref var count = ref counter.Current;
            count.FramesIn += changes.Duplicates;
            count.BytesIn += changes.DuplicateBytes;
            count.FramesForwarded += changes.Duplicates - changes.GivenUp;
            count.BytesForwarded += changes.DuplicateBytes - changes.GivenUpBytes;
            count.BytesDropped += changes.GivenUpBytes;
            for (int reason = 0; reason < changes.ByReason.Length; reason++)
            {
                count.Dropped[reason] += changes.ByReason[reason];
            }
        }

        changes.Clear();
    }

    /// <summary>Takes in what was flushed out of the ingress queue.</summary>
    private void CountFlushed()
    {
        if (port.IngressQueue?.CountFlushed() is ( > 0 and var frames, var octets))
        {
            ref var count = ref counter.Current;
            count.FramesQueued -= frames;
            count.BytesQueued -= octets;
            count.Dropped[IngressQueueStage.IngressQueueFlushed.Number] += frames;
            count.BytesDropped += octets;
        }
    }

    /// <summary>Sends what waits in egress queues, as far as it is due and the links take it. The caller has the turn.</summary>
    /// <param name="ofAll">False to leave to the other ports what waits for their links and their time: of many ports with queues some frame is due each moment.</param>
    private void FlushBacklog(bool ofAll)
    {
        foreach (var other in sharedPorts)
        {
            if (other.HasUnflushed
                || ((ofAll || ReferenceEquals(other, egressPort)) && (other.Sink.HasBacklog || other.EgressQueue is { } queue && queue.NextDue <= queueClock.Now)))
            {
                other.HasUnflushed = false;
                NoteUnsent(other, other.Sink.Flush());
                CountWaited(other);
            }
        }

        route?.DeniedSink?.Flush();
    }
}
