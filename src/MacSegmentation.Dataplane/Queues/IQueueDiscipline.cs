using MacSegmentation.Frames;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Queues;

/// <summary>In which sequence the frames of a queue leave it, and when, and which are given up: what a delay, a rate, priorities or losses are made of.</summary>
/// <remarks>The queue has the frames, bounded; a discipline knows them by the numbers of their slots. One thread at a time, and all times are of one clock.</remarks>
internal interface IQueueDiscipline
{
    /// <summary>When there is something to do for those that wait, in nanoseconds: at the latest when the next is due. Asked only while some wait.</summary>
    long NextDue { get; }

    /// <summary>Why it gave up the frame that it was offered last.</summary>
    VerdictReason Refusal => default;

    /// <summary>True if the frame that it was offered last, and did not give up, is to be offered once more as its own duplicate.</summary>
    bool WantsDuplicate => false;

    /// <summary>Is told whose frames it orders, before it is asked anything.</summary>
    /// <param name="queue">The queue; by it a discipline reads what waits, and gives it up.</param>
    void Join(FrameQueue queue)
    {
    }

    /// <summary>Decides over a frame that comes. What need not wait passes without being copied, and so must not overtake what it has to follow.</summary>
    /// <param name="slot">What the frame is known by if it is held.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="priority">Its priority code point, 0 to 7.</param>
    /// <param name="isDuplicate">True if it is the duplicate that was asked for.</param>
    /// <param name="now">The time in nanoseconds.</param>
    QueueOutcome Offer(int slot, in Frame frame, int priority, bool isDuplicate, long now);

    /// <summary>May change the copy of the frame that it has just held.</summary>
    /// <param name="bytes">The copy.</param>
    void Shape(Span<byte> bytes)
    {
    }

    /// <summary>Takes out the next frame that is due.</summary>
    /// <param name="now">The time in nanoseconds.</param>
    /// <returns>Its slot, or −1 if none is due.</returns>
    int Take(long now);

    /// <summary>Forgets all that wait.</summary>
    void Clear();
}
