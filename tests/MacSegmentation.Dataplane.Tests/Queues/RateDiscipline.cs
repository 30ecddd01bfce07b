using MacSegmentation.Frames;

namespace MacSegmentation.Queues;

/// <summary>Frames leave at a rate, in their sequence; a burst passes at once (the virtual scheduling algorithm of ITU-T I.371, which equals a token bucket).</summary>
/// <param name="octetsPerSecond">The rate.</param>
/// <param name="burst">Octets that pass at once after a rest.</param>
internal sealed class RateDiscipline(long octetsPerSecond, long burst) : IQueueDiscipline
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly Queue<(int Slot, long Due)> waiting = new();
    private readonly long tolerance = burst * NanosecondsPerSecond / octetsPerSecond;
    private long theoreticalArrival;

    public long NextDue => waiting.Peek().Due;

    public QueueOutcome Offer(int slot, in Frame frame, int priority, bool isDuplicate, long now)
    {
        theoreticalArrival = Math.Max(theoreticalArrival, now) + (frame.OriginalLength * NanosecondsPerSecond / octetsPerSecond);
        long due = theoreticalArrival - tolerance;
        if (waiting.Count == 0 && due <= now)
        {
            return QueueOutcome.Passed;
        }

        waiting.Enqueue((slot, due));
        return QueueOutcome.Held;
    }

    public int Take(long now) => waiting.Peek().Due > now ? -1 : waiting.Dequeue().Slot;

    public void Clear() => waiting.Clear();
}
