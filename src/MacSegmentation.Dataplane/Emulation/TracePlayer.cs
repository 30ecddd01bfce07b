using System.Collections.Immutable;
using MacSegmentation.Profiles;

namespace MacSegmentation.Emulation;

/// <summary>Where a recording is that is replayed: which of its rows holds, and from when on the next one does. Of deliveries it knows only when they are over.</summary>
internal sealed class TracePlayer
{
    private LinkTrace? trace;
    private ImmutableArray<TraceStep> steps = [];
    private long origin;
    private long duration;
    private int index;

    /// <summary>When something changes next; <see cref="long.MaxValue"/> for never.</summary>
    public long Next { get; private set; } = long.MaxValue;

    /// <summary>Since when it is as it is now.</summary>
    public long Since { get; private set; }

    /// <summary>What the recording tells now; nothing if there is none, it has deliveries, or is over.</summary>
    public TraceStep Step => IsReplaying && !steps.IsEmpty ? steps[index] : default;

    /// <summary>The recording whose deliveries hold now, or null.</summary>
    public LinkTrace? Deliveries => IsReplaying && steps.IsEmpty ? trace : null;

    /// <summary>When the recording began.</summary>
    public long Origin => origin;

    private bool IsReplaying { get; set; }

    /// <summary>Takes another recording.</summary>
    /// <param name="next">It; null for none.</param>
    /// <param name="beganAt">When it began, in nanoseconds: not later than now.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public void Use(LinkTrace? next, long beganAt, long now)
    {
        trace = next;
        origin = beganAt;
        steps = next?.GetSteps() ?? [];
        duration = next is null ? 0 : Nanoseconds(next.Duration);
        Seek(now);
    }

    /// <summary>Goes to a time.</summary>
    public void Seek(long time)
    {
        long passed = time - origin;

        // What comes at the very end of a recording that is replayed once is still a part of it.
        IsReplaying = trace is not null && !(trace.IsOnce && passed > duration);
        if (!IsReplaying || (steps.IsEmpty && !trace!.IsOnce))
        {
            (Next, Since) = (long.MaxValue, trace is null || IsReplaying ? time : origin + duration + 1);
            return;
        }

        if (steps.IsEmpty)
        {
            (Next, Since) = (origin + duration + 1, origin);
            return;
        }

        long lap = trace!.IsOnce ? 0 : passed / duration;
        long within = passed - (lap * duration);
        int low = 0;
        for (int high = steps.Length - 1; low < high;)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = Nanoseconds(steps[middle].At) <= within ? (middle, high) : (low, middle - 1);
        }

        index = low;
        long began = origin + (lap * duration);
        Since = began + Nanoseconds(steps[index].At);
        Next = began + (index + 1 < steps.Length ? Nanoseconds(steps[index + 1].At) : trace.IsOnce ? duration + 1 : duration);
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}
