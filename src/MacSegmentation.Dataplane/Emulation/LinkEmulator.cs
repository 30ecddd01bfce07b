using MacSegmentation.Flows;
using MacSegmentation.Frames;
using MacSegmentation.Marking;
using MacSegmentation.Profiles;
using MacSegmentation.Queues;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Emulation;

/// <summary>
/// One direction of a vNIC profile, in the sequence of Linux's netem: frames are lost, come twice, are corrupted, wait for the bandwidth, and then are on their way for the delay. The same
/// seed and the same frames at the same times give the same.
/// </summary>
internal sealed class LinkEmulator : IQueueDiscipline
{
    private readonly LossProcess losses;
    private readonly DelayProcess delays;
    private readonly DelayLine line = new();
    private readonly WaitingFrames waiting = new();
    private readonly BandwidthQueue bandwidth;
    private readonly TracePlayer trace = new();
    private readonly SeededRandom duplicates;
    private readonly SeededRandom corruptions;
    private readonly SeededRandom reorders;
    private FrameQueue? queue;
    private LinkProfile link = LinkProfile.None;
    private bool isNothing = true;
    private bool corrupts;
    private bool marks;

    /// <summary>Creates one that changes nothing yet.</summary>
    /// <param name="seed">What is drawn follows from it. Each kind of draw has a sequence of its own: another loss changes nothing about the delays.</param>
    public LinkEmulator(ulong seed)
    {
        var seeds = new SeededRandom(seed);
        losses = new LossProcess(new SeededRandom(seeds.Next()));
        delays = new DelayProcess(new SeededRandom(seeds.Next()));
        duplicates = new SeededRandom(seeds.Next());
        corruptions = new SeededRandom(seeds.Next());
        reorders = new SeededRandom(seeds.Next());
        bandwidth = new BandwidthQueue(waiting, FlowSeed.From(seeds.Next()));
    }

    /// <summary>The profile in force.</summary>
    public LinkProfile Link => link;

    /// <summary>Frames that wait for the bandwidth.</summary>
    public int QueueDepth => waiting.Count;

    /// <summary>Octets that wait for the bandwidth.</summary>
    public long QueueOctets => waiting.Octets;

    /// <summary>True if frames pass, and none waits.</summary>
    public bool IsIdle => isNothing && queue!.Count == 0;

    public VerdictReason Refusal { get; private set; }

    public bool WantsDuplicate { get; private set; }

    public long NextDue => line.Count == 0 || MayOvertake ? Math.Min(line.NextDue, Math.Min(bandwidth.NextDeparture, waiting.Count > 0 ? trace.Next : long.MaxValue)) : line.NextDue;

    /// <summary>True if what leaves the bandwidth may arrive before what is on its way; if not, it need not be looked at before that.</summary>
    private bool MayOvertake => link.Reorder || link.ReorderRate.PartsPerMillion > 0;

    public void Join(FrameQueue joined)
    {
        queue = joined;
        waiting.Join(joined);
    }

    /// <summary>Goes by a profile from now on. What waits is neither lost nor overtaken.</summary>
    /// <param name="next">The profile.</param>
    /// <param name="scheduling">How frames of different priority share the bandwidth.</param>
    /// <param name="marksCongestion">False if no frame is ever marked, whatever the profile says of marks.</param>
    /// <param name="now">The time in nanoseconds.</param>
    /// <param name="traceBeganAt">When the profile's recording began; null for now.</param>
    public void Use(LinkProfile next, SchedulingClass scheduling, bool marksCongestion, long now, long? traceBeganAt = null)
    {
        Advance(now);
        link = next;
        isNothing = next.IsNothing;
        losses.Use(next);
        delays.Use(next);
        waiting.MarksCongestion = next.EcnMarking && marksCongestion;
        trace.Use(next.Trace, traceBeganAt ?? now, now);
        bandwidth.Use(next, scheduling, trace, now);
        FollowTrace();
        Advance(now);
        queue!.NoteNextDue();
    }

    public QueueOutcome Offer(int slot, in Frame frame, int priority, bool isDuplicate, long now)
    {
        Advance(now);
        WantsDuplicate = marks = corrupts = false;
        if (!isDuplicate)
        {
            if (losses.Loses())
            {
                return GiveUp(EmulationReasons.EmulatedLoss);
            }

            WantsDuplicate = duplicates.Happens(link.DuplicateRate.Fraction);
        }

        corrupts = corruptions.Happens(link.CorruptRate.Fraction);
        if (bandwidth.TryPass(frame.OriginalLength, frame.Bytes, priority, now))
        {
            bool isAhead = IsAhead();
            long due = isAhead ? now : delays.ArrivalOf(now);
            if (due <= now && !corrupts && !isDuplicate && (isAhead || line.Count == 0))
            {
                return QueueOutcome.Passed;
            }

            line.Add(slot, due);
            return QueueOutcome.Held;
        }

        bool canMark = waiting.MarksCongestion && CongestionMark.CanSet(frame.Bytes);
        if (!bandwidth.TryAdd(slot, frame.Bytes, frame.OriginalLength, priority, canMark, now, out var refusal, out marks))
        {
            return GiveUp(refusal);
        }

        waiting.All[slot].Corrupts = corrupts;
        corrupts = false;
        return QueueOutcome.Held;
    }

    public void Shape(Span<byte> bytes)
    {
        if (marks && CongestionMark.TrySet(bytes))
        {
            queue!.Meter.Marked++;
        }

        if (corrupts)
        {
            Corrupt(bytes);
        }
    }

    public int Take(long now)
    {
        Advance(now);
        return line.NextDue <= now ? line.Take() : -1;
    }

    public void Clear()
    {
        line.Clear();
        bandwidth.Clear();
    }

    /// <summary>Has leave what was to leave for its bandwidth until now, each at its own time, and a recording go on, row by row as long as that matters.</summary>
    private void Advance(long now)
    {
        while (true)
        {
            if (trace.Next <= now && trace.Next <= bandwidth.NextDeparture)
            {
                trace.Seek(bandwidth.IsSettled(trace.Next) ? now : trace.Next);
                bandwidth.Follow(link, trace, trace.Since);
                FollowTrace();
                continue;
            }

            if (bandwidth.NextDeparture > now)
            {
                return;
            }

            int slot = bandwidth.Depart(out long at);
            if (slot >= 0)
            {
                if (waiting.All[slot].Corrupts)
                {
                    Corrupt(queue!.BytesOf(slot));
                }

                line.Add(slot, IsAhead() ? at : delays.ArrivalOf(at));
            }
        }
    }

    private void FollowTrace()
    {
        if (link.Trace is not null)
        {
            var step = trace.Step;
            delays.Follow(step.Latency ?? link.Latency);
            losses.Follow(step.Loss?.Fraction ?? link.LossRate.Fraction);
        }
    }

    private void Corrupt(Span<byte> bytes)
    {
        int bit = corruptions.NextBelow(bytes.Length * 8);
        bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
        queue!.Meter.Corrupted++;
    }

    private bool IsAhead() => reorders.Happens(link.ReorderRate.Fraction);

    private QueueOutcome GiveUp(VerdictReason reason)
    {
        WantsDuplicate = false;
        Refusal = reason;
        return QueueOutcome.GivenUp;
    }
}
