using MacSegmentation.Frames;

namespace MacSegmentation.Queues;

/// <summary>In which sequence the frames of a queue leave it, and when: what a delay, a rate or priorities are made of.</summary>
/// <remarks>The queue has the frames, bounded; a discipline knows them by the numbers of their slots. One thread at a time, and all times are of one clock.</remarks>
internal interface IQueueDiscipline
{
    /// <summary>When the next of those that wait is due, in nanoseconds. Asked only while some wait.</summary>
    long NextDue { get; }

    /// <summary>Decides over a frame that comes. What need not wait passes without being copied, and so must not overtake what it has to follow.</summary>
    /// <param name="slot">What the frame is known by if it is held.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="now">The time in nanoseconds.</param>
    QueueOutcome Offer(int slot, in Frame frame, long now);

    /// <summary>Takes out the frame that is due next.</summary>
    /// <returns>Its slot.</returns>
    int Take();

    /// <summary>Forgets all that wait.</summary>
    void Clear();
}
