using MacSegmentation.Flows;
using MacSegmentation.Profiles;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Emulation;

/// <summary>Frames that wait for a bandwidth. Each leaves at its own time, whenever somebody looks: a look that comes late finds what a punctual one would have.</summary>
internal sealed class BandwidthQueue
{
    private readonly WaitingFrames frames;
    private readonly FlowSeed seed;
    private TokenMeter meter;
    private ClassScheduler scheduler;
    private SchedulingClass scheduling;
    private QueueManagement management;
    private int limit = LinkProfile.DefaultQueueLimit;
    private long maxTime;
    private long number;
    private long latest = long.MinValue;

    public BandwidthQueue(WaitingFrames frames, FlowSeed seed)
    {
        this.frames = frames;
        this.seed = seed;
        scheduler = new ClassScheduler(frames, scheduling, MakeBand);
    }

    /// <summary>When the next frame leaves if none comes before; <see cref="long.MaxValue"/> if none waits.</summary>
    public long NextDeparture { get; private set; } = long.MaxValue;

    /// <summary>Goes by a profile from now on. What waits stays, in its sequence; all that was to leave until now has left.</summary>
    public void Use(LinkProfile link, SchedulingClass classes, long now)
    {
        meter.Use(link.Bandwidth?.BitsPerSecond ?? 0, link.Burst, now);
        limit = link.QueueLimit;
        maxTime = link.QueueTime.Ticks * TimeSpan.NanosecondsPerTick;
        latest = Math.Max(latest, now);
        if (classes != scheduling || link.QueueManagement != management)
        {
            (scheduling, management) = (classes, link.QueueManagement);
            var before = scheduler;
            scheduler = new ClassScheduler(frames, scheduling, MakeBand);
            foreach (int slot in before.ListSlots().OrderBy(slot => frames.All[slot].Number))
            {
                scheduler.Add(slot, frames.BytesOf(slot));
            }
        }

        NoteNext();
    }

    /// <summary>True if a frame need not wait. It is then charged.</summary>
    /// <param name="length">Its octets on the wire.</param>
    /// <param name="bytes">The frame.</param>
    /// <param name="priority">Its priority code point.</param>
    /// <param name="now">The time.</param>
    public bool TryPass(int length, ReadOnlySpan<byte> bytes, int priority, long now)
    {
        if (frames.Count > 0 || meter.ReadyAt(length) > now)
        {
            return false;
        }

        meter.Charge(length, now);
        latest = Math.Max(latest, now);
        if (management == QueueManagement.FqCoDel && meter.Rate > 0)
        {
            // It has its flow's turn, as if it had waited for no time.
            scheduler.Pass(TrafficClass.Of(priority), length, bytes);
        }

        return true;
    }

    /// <summary>Takes in a frame that waits.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="bytes">The frame.</param>
    /// <param name="length">Its octets on the wire.</param>
    /// <param name="priority">Its priority code point.</param>
    /// <param name="canMark">True if it can be marked in place of being given up for the time that it would wait.</param>
    /// <param name="now">The time.</param>
    /// <param name="refusal">Why it is given up, if it is.</param>
    /// <param name="marks">True if it is to be marked.</param>
    /// <returns>False if it is given up.</returns>
    public bool TryAdd(int slot, ReadOnlySpan<byte> bytes, int length, int priority, bool canMark, long now, out VerdictReason refusal, out bool marks)
    {
        marks = false;
        refusal = EmulationReasons.EmulatedQueueFull;
        int trafficClass = TrafficClass.Of(priority);
        if (maxTime > 0 && meter.DrainTime(scheduler.OctetsAheadOf(trafficClass), now) > maxTime)
        {
            marks = canMark;
            refusal = marks ? refusal : EmulationReasons.EmulatedQueueTime;
            if (!marks)
            {
                return false;
            }
        }

        // RFC 8290 section 4.1.3: the frame that comes is taken in, and the largest flow pays for it.
        if (scheduler.CountIn(trafficClass) >= limit && !scheduler.MakeRoom(trafficClass))
        {
            return false;
        }

        ref var frame = ref frames.Enter(slot);
        frame.Length = length;
        frame.Since = now;
        frame.Number = number++;
        frame.Class = (byte)trafficClass;
        frames.NoteEntered(slot);
        scheduler.Add(slot, bytes);

        // Whoever is next may be another and shorter one than before, but nothing leaves in the past.
        latest = Math.Max(latest, now);
        NoteNext();
        return true;
    }

    /// <summary>Lets the next frame leave at its time.</summary>
    /// <param name="at">When it left: <see cref="NextDeparture"/> of before.</param>
    /// <returns>Its slot, or −1 if it and others were given up instead.</returns>
    public int Depart(out long at)
    {
        at = latest = NextDeparture;
        int slot = scheduler.Take(at);
        if (slot >= 0)
        {
            meter.Charge(frames.All[slot].Length, at);
            frames.NoteLeft(slot);
        }

        NoteNext();
        return slot;
    }

    /// <summary>Forgets all that wait.</summary>
    public void Clear()
    {
        frames.Clear();
        scheduler = new ClassScheduler(frames, scheduling, MakeBand);
        NextDeparture = long.MaxValue;
    }

    private void NoteNext()
    {
        if (frames.Count == 0)
        {
            NextDeparture = long.MaxValue;
            return;
        }

        ref readonly var next = ref frames.All[scheduler.Peek()];
        NextDeparture = Math.Max(Math.Max(meter.ReadyAt(next.Length), latest), next.Since);
    }

    private FrameBand MakeBand() => management switch
    {
        QueueManagement.CoDel => new CoDelBand(frames),
        QueueManagement.FqCoDel => new FlowQueueBand(frames, seed),
        _ => new PlainBand(frames),
    };
}
