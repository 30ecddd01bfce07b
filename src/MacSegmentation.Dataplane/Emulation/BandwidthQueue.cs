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
    private DeliveryMeter deliveries;
    private ClassScheduler scheduler;
    private SchedulingClass scheduling;
    private QueueManagement management;
    private int limit = LinkProfile.DefaultQueueLimit;
    private long maxTime;
    private long burst;
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
    /// <param name="link">The profile.</param>
    /// <param name="classes">How frames of different priority share the bandwidth.</param>
    /// <param name="trace">The recording that tells the bandwidth in its place, where it is now.</param>
    /// <param name="now">The time.</param>
    public void Use(LinkProfile link, SchedulingClass classes, TracePlayer trace, long now)
    {
        burst = link.Burst;
        UseRate(link, trace, now);
        limit = link.QueueLimit;
        maxTime = link.QueueTime.Ticks * TimeSpan.NanosecondsPerTick;
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

    /// <summary>Goes by what a recording tells from a time on.</summary>
    public void Follow(LinkProfile link, TracePlayer trace, long at)
    {
        UseRate(link, trace, at);
        NoteNext();
    }

    /// <summary>True if nothing waits and nothing is owed at a time: what the bandwidth was before it is of no account any more.</summary>
    public bool IsSettled(long time) => frames.Count == 0 && meter.IsSettled(time);

    /// <summary>True if a frame need not wait. It is then charged.</summary>
    /// <param name="length">Its octets on the wire.</param>
    /// <param name="bytes">The frame.</param>
    /// <param name="priority">Its priority code point.</param>
    /// <param name="now">The time.</param>
    public bool TryPass(int length, ReadOnlySpan<byte> bytes, int priority, long now)
    {
        if (frames.Count > 0 || deliveries.IsOn || meter.ReadyAt(length) > now)
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
        if (frames.Count == 0 && deliveries.IsOn)
        {
            deliveries.Seek(now);
        }

        marks = false;
        refusal = EmulationReasons.EmulatedQueueFull;
        int trafficClass = TrafficClass.Of(priority);
        if (maxTime > 0 && DrainTime(scheduler.OctetsAheadOf(trafficClass), now) > maxTime)
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
            Charge(frames.All[slot].Length, at);
            frames.NoteLeft(slot);
        }

        if (frames.Count == 0)
        {
            deliveries.Forfeit();
        }

        NoteNext();
        return slot;
    }

    /// <summary>Forgets all that wait.</summary>
    public void Clear()
    {
        frames.Clear();
        deliveries.Forfeit();
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
        long ready = deliveries.IsOn ? deliveries.ReadyAt(next.Length) : meter.ReadyAt(next.Length);
        NextDeparture = Math.Max(Math.Max(ready, latest), next.Since);
    }

    private void UseRate(LinkProfile link, TracePlayer trace, long at)
    {
        long own = link.Bandwidth?.BitsPerSecond ?? 0;
        deliveries.Use(trace.Deliveries, trace.Origin, at);
        meter.Use(deliveries.IsOn ? 0 : trace.Step.Bandwidth is not { } told ? own : told.BitsPerSecond == 0 ? TokenMeter.Stalled : told.BitsPerSecond, burst, at);
        latest = Math.Max(latest, at);
    }

    private long DrainTime(long octets, long now) => deliveries.IsOn ? deliveries.DrainTime(octets, now) : meter.DrainTime(octets, now);

    private void Charge(int length, long at)
    {
        if (deliveries.IsOn)
        {
            deliveries.Charge(length, at);
        }
        else
        {
            meter.Charge(length, at);
        }
    }

    private FrameBand MakeBand() => management switch
    {
        QueueManagement.CoDel => new CoDelBand(frames),
        QueueManagement.FqCoDel => new FlowQueueBand(frames, seed),
        _ => new PlainBand(frames),
    };
}
