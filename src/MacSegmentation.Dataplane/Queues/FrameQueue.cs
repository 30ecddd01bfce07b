using System.Buffers;
using MacSegmentation.Frames;

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

    private readonly IQueueDiscipline discipline;
    private readonly int maxOctets;
    private readonly QueuedFrame[] slots;
    private readonly int[] free;
    private long octets;
    private long nextDue = long.MaxValue;
    private byte[] taken = [];

    /// <summary>What was flushed and nobody has counted yet, octets by their length on the wire.</summary>
    private (long Frames, long Octets) flushed;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="discipline">Says which frame leaves when. It is this queue's alone.</param>
    /// <param name="capacity">Frames that wait at most.</param>
    /// <param name="maxOctets">Octets that wait at most.</param>
    public FrameQueue(IQueueDiscipline discipline, int capacity = DefaultCapacity, int maxOctets = DefaultMaxOctets)
    {
        this.discipline = discipline;
        this.maxOctets = maxOctets;
        slots = new QueuedFrame[capacity];
        free = [.. Enumerable.Range(0, capacity)];
    }

    /// <summary>Number of frames that wait.</summary>
    public int Count { get; private set; }

    /// <summary>When the next frame is due, in nanoseconds of the queue's clock; <see cref="long.MaxValue"/> if none waits.</summary>
    public long NextDue => Volatile.Read(ref nextDue);

    /// <summary>Takes a copy of a frame that has to wait.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="now">The time in nanoseconds.</param>
    /// <param name="known">What else is to be known of it when it goes on; its other fields are filled in here.</param>
    public QueueOutcome Offer(in Frame frame, long now, QueuedFrame known = default)
    {
        if (Count == slots.Length || octets + frame.Bytes.Length > maxOctets)
        {
            return QueueOutcome.Full;
        }

        int slot = free[slots.Length - 1 - Count];
        var outcome = discipline.Offer(slot, frame, now);
        if (outcome == QueueOutcome.Held)
        {
            byte[] copy = ArrayPool<byte>.Shared.Rent(frame.Bytes.Length);
            frame.Bytes.CopyTo(copy);
            slots[slot] = known with
            {
                Bytes = copy,
                Length = frame.Bytes.Length,
                OriginalLength = frame.OriginalLength,
                ArrivalTime = frame.Timestamp,
                Since = now,
                Endpoint = frame.Endpoint,
                CarrierTag = frame.CarrierTag,
            };
            Count++;
            octets += frame.Bytes.Length;
            NoteNextDue();
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
        if (nextDue > now)
        {
            frame = default;
            return false;
        }

        int slot = discipline.Take();
        frame = slots[slot];
        taken = frame.Bytes;
        slots[slot] = default;
        Count--;
        free[slots.Length - 1 - Count] = slot;
        octets -= frame.Length;
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
                ArrayPool<byte>.Shared.Return(bytes);
                flushed.Octets += slots[i].OriginalLength;
                slots[i] = default;
                Count--;
                free[slots.Length - 1 - Count] = i;
            }
        }

        flushed.Frames += count;
        octets = 0;
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

    private void NoteNextDue() => Volatile.Write(ref nextDue, Count == 0 ? long.MaxValue : discipline.NextDue);

    private void GiveBackTaken()
    {
        if (taken.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(taken);
            taken = [];
        }
    }
}
