using MacSegmentation.Frames;

namespace MacSegmentation.Queues;

/// <summary>Each frame waits as long as every other.</summary>
internal sealed class DelayDiscipline(TimeSpan delay) : IQueueDiscipline
{
    private readonly Queue<(int Slot, long Due)> waiting = new();

    public long NextDue => waiting.Peek().Due;

    public QueueOutcome Offer(int slot, in Frame frame, int priority, bool isDuplicate, long now)
    {
        waiting.Enqueue((slot, now + (delay.Ticks * TimeSpan.NanosecondsPerTick)));
        return QueueOutcome.Held;
    }

    public int Take(long now) => waiting.Peek().Due > now ? -1 : waiting.Dequeue().Slot;

    public void Clear() => waiting.Clear();
}
