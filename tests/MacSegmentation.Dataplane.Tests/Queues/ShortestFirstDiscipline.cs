using MacSegmentation.Frames;

namespace MacSegmentation.Queues;

/// <summary>All wait to one moment; then the shortest leaves first: another sequence than that in which they came.</summary>
internal sealed class ShortestFirstDiscipline(long due) : IQueueDiscipline
{
    private readonly PriorityQueue<int, int> waiting = new();

    public long NextDue => due;

    public QueueOutcome Offer(int slot, in Frame frame, int priority, bool isDuplicate, long now)
    {
        waiting.Enqueue(slot, frame.OriginalLength);
        return QueueOutcome.Held;
    }

    public int Take(long now) => now < due ? -1 : waiting.Dequeue();

    public void Clear() => waiting.Clear();
}
