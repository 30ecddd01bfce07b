using MacSegmentation.Frames;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Queues;

/// <summary>
/// Frames that wait on one side of a port, bounded in number and octets, until their discipline says that they are due. Ingress (from the port's machine) and
/// egress (towards it) queues are the same.
/// </summary>
/// <remarks>One thread at a time, that which has the switch's turn; <see cref="NextDue"/> is for every thread.</remarks>
internal sealed class FrameQueue
{
    /// <summary>Frames that wait at most, unless said otherwise.</summary>
    public const int DefaultCapacity = 1024;

    /// <summary>Octets that wait at most, unless said otherwise.</summary>
    public const int DefaultMaxOctets = 4 << 20;

    private const int FirstSlots = 64;

    private readonly IQueueDiscipline discipline;
    private readonly int capacity;
    private readonly int maxOctets;
    private readonly FrameBuffers buffers;
    private readonly VerdictReason? overflow;
    private QueuedFrame[] slots = [];
    private int[] free = [];
    private long octets;
    private long nextDue = long.MaxValue;
    private byte[] taken = [];

    /// <summary>What was flushed and nobody has counted yet, octets by their length on the wire.</summary>
    private (long Frames, long Octets) flushed;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="discipline">Says which frame leaves when. It is this queue's alone.</param>
    /// <param name="capacity">Frames that wait at most.</param>
    /// <param name="maxOctets">Octets that wait at most.</param>
    /// <param name="buffers">Memory for the frames; null for its own.</param>
    /// <param name="overflow">Why a frame is given up that finds no room; null to say <see cref="QueueOutcome.Full"/>.</param>
    public FrameQueue(IQueueDiscipline discipline, int capacity = DefaultCapacity, int maxOctets = DefaultMaxOctets, FrameBuffers? buffers = null, VerdictReason? overflow = null)
    {
        this.discipline = discipline;
        this.capacity = capacity;
        this.maxOctets = maxOctets;
        this.buffers = buffers ?? new FrameBuffers();
        this.overflow = overflow;
        discipline.Join(this);
    }

    /// <summary>Number of frames that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Octets that wait.</summary>
    public long Octets => octets;

    /// <summary>True if none waits, and all that became of those that did has been counted.</summary>
    public bool IsSettled => Count == 0 && Changes.IsEmpty && flushed.Frames == 0;

    /// <summary>What it did.</summary>
    public QueueMeter Meter { get; } = new();

    /// <summary>What became of frames while they waited; whoever counts it clears it.</summary>
    public QueueChanges Changes { get; } = new();

    /// <summary>Why it gave up the frame that it was offered last; null if it did not.</summary>
    public VerdictReason? Refusal { get; private set; }

    /// <summary>When there is something to do for those that wait, in nanoseconds of the queue's clock: at the latest when the next is due; <see cref="long.MaxValue"/> if none waits.</summary>
    public long NextDue => Volatile.Read(ref nextDue);

    /// <summary>Takes a copy of a frame that has to wait.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="now">The time in nanoseconds.</param>
    /// <param name="known">What else is to be known of it when it goes on; its other fields are filled in here.</param>
    public QueueOutcome Offer(in Frame frame, long now, in QueuedFrame known = default)
    {
        Refusal = null;
        Meter.FramesIn++;
        Meter.BytesIn += frame.OriginalLength;
        var outcome = Offer(frame, now, known, isDuplicate: false);
        if (outcome is QueueOutcome.Passed or QueueOutcome.Held && discipline.WantsDuplicate && Offer(frame, now, known, isDuplicate: true) == QueueOutcome.Held)
        {
            Meter.Duplicates++;
            Changes.NoteDuplicate(frame.OriginalLength);
        }

        return outcome;
    }

    /// <summary>Takes out the next frame that is due.</summary>
    /// <param name="now">The time in nanoseconds.</param>
    /// <param name="frame">The frame; its bytes are valid until the queue is used again.</param>
    /// <returns>False if none is due.</returns>
    public bool TryTake(long now, out QueuedFrame frame)
    {
        GiveBackTaken();
        int slot = nextDue > now ? -1 : discipline.Take(now);
        if (slot < 0)
        {
            NoteNextDue();
            frame = default;
            return false;
        }

        frame = slots[slot];
        taken = frame.Bytes;
        Meter.NoteOut(frame.OriginalLength, now - frame.Since, now);
        Free(slot);
        NoteNextDue();
        return true;
    }

    /// <summary>Discards all that waits, for <see cref="CountFlushed"/>.</summary>
    /// <returns>How many frames.</returns>
    public int Flush()
    {
        GiveBackTaken();
        int count = Count;
        for (int i = 0; i < slots.Length && Count > 0; i++)
        {
            if (slots[i].Bytes is { } bytes)
            {
                buffers.Return(bytes);
                flushed.Octets += slots[i].OriginalLength;
                Free(i);
            }
        }

        Meter.Flushed += count;
        flushed.Frames += count;
        discipline.Clear();
        NoteNextDue();
        return count;
    }

    /// <summary>Hands over the number of frames and octets that were flushed since the last call.</summary>
    public (long Frames, long Octets) CountFlushed()
    {
        var counted = flushed;
        flushed = (0, 0);
        return counted;
    }

    /// <summary>What was captured of a frame that waits. For the discipline.</summary>
    public Span<byte> BytesOf(int slot) => slots[slot].Bytes.AsSpan(0, slots[slot].Length);

    /// <summary>Gives up a frame that waits, which the discipline has forgotten. For the discipline.</summary>
    public void GiveUp(int slot, VerdictReason reason)
    {
        Meter.NoteGivenUp(reason);
        Changes.NoteGivenUp(reason, slots[slot].OriginalLength);
        buffers.Return(slots[slot].Bytes);
        Free(slot);
    }

    /// <summary>The discipline has changed its mind about when something is to do.</summary>
    public void NoteNextDue() => Volatile.Write(ref nextDue, Count == 0 ? long.MaxValue : discipline.NextDue);

    private QueueOutcome Offer(in Frame frame, long now, in QueuedFrame known, bool isDuplicate)
    {
        if (Count == capacity || octets + frame.Bytes.Length > maxOctets)
        {
            return NoRoom(isDuplicate);
        }

        if (Count == slots.Length)
        {
            Grow();
        }

        // The slot is taken first: the discipline may give up others meanwhile.
        int slot = free[slots.Length - 1 - Count];
        Count++;
        var outcome = discipline.Offer(slot, frame, known.Priority, isDuplicate, now);
        if (outcome == QueueOutcome.Held)
        {
            Hold(slot, frame, now, known);
        }
        else
        {
            Count--;
            free[slots.Length - 1 - Count] = slot;
        }

        switch (outcome)
        {
            case QueueOutcome.Passed:
                Meter.NoteOut(frame.OriginalLength, waited: 0, now);
                break;
            case QueueOutcome.GivenUp when !isDuplicate:
                Refusal = discipline.Refusal;
                Meter.NoteGivenUp(discipline.Refusal);
                break;
        }

        NoteNextDue();
        return outcome;
    }

    private QueueOutcome NoRoom(bool isDuplicate)
    {
        if (overflow is not { } reason || isDuplicate)
        {
            return QueueOutcome.Full;
        }

        Refusal = reason;
        Meter.NoteGivenUp(reason);
        return QueueOutcome.GivenUp;
    }

    private void Hold(int slot, in Frame frame, long now, in QueuedFrame known)
    {
        byte[] copy = buffers.Rent(frame.Bytes.Length);
        frame.Bytes.CopyTo(copy);
        ref var held = ref slots[slot];
        held = known;
        held.Bytes = copy;
        held.Length = frame.Bytes.Length;
        held.OriginalLength = frame.OriginalLength;
        held.ArrivalTime = frame.Timestamp;
        held.Since = now;
        held.Endpoint = frame.Endpoint;
        held.CarrierTag = frame.CarrierTag;
        octets += frame.Bytes.Length;
        discipline.Shape(copy.AsSpan(0, frame.Bytes.Length));
    }

    private void Free(int slot)
    {
        octets -= slots[slot].Length;
        slots[slot] = default;
        Count--;
        free[slots.Length - 1 - Count] = slot;
    }

    /// <summary>All slots are in use: as many again, up to the capacity.</summary>
    private void Grow()
    {
        int before = slots.Length;
        int length = Math.Min(capacity, Math.Max(FirstSlots, before * 2));
        Array.Resize(ref slots, length);
        free = new int[length];
        for (int i = 0; i < length - before; i++)
        {
            free[i] = length - 1 - i;
        }
    }

    private void GiveBackTaken()
    {
        if (taken.Length > 0)
        {
            buffers.Return(taken);
            taken = [];
        }
    }
}
