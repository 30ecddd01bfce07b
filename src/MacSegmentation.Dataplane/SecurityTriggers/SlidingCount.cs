namespace MacSegmentation.SecurityTriggers;

/// <summary>
/// How many there were within a time that ends now: a ring of counts, each of a fiftieth of that time and of 100 ms at least, so it takes the same memory whatever is counted. It never
/// counts what is longer ago than the time, and may leave out a fiftieth of it.
/// </summary>
internal sealed class SlidingCount
{
    private const int Resolution = 50;

    private readonly long width;
    private readonly long[] counts;
    private long last;
    private long sum;

    /// <summary>Creates the count.</summary>
    /// <param name="window">The time, 1 s at least.</param>
    public SlidingCount(TimeSpan window)
    {
        width = Math.Max(window.Ticks / Resolution, TimeSpan.TicksPerSecond / 10);
        counts = new long[Math.Max(window.Ticks / width, 1)];
    }

    /// <summary>Counts what came in between two looks: at the second one if that was soon, else evenly over the time between, of which nobody knows better.</summary>
    /// <param name="before">When it was looked before, in ticks of 100 ns of a clock that never goes back.</param>
    /// <param name="now">When it is looked now.</param>
    /// <param name="amount">How many came in.</param>
    public void Add(long before, long now, long amount)
    {
        MoveTo(now);
        long first = Math.Min((before / width) + 1, last);
        long shares = last - first + 1;
        for (long i = Math.Max(0, shares - counts.Length); i < shares; i++)
        {
            long share = (amount * (i + 1) / shares) - (amount * i / shares);
            counts[(first + i) % counts.Length] += share;
            sum += share;
        }
    }

    /// <summary>How many there were.</summary>
    /// <param name="now">When the time ends.</param>
    /// <param name="since">When it begins at the earliest: what was counted up to then is spent; negative for all.</param>
    public long Read(long now, long since)
    {
        MoveTo(now);
        long first = since < 0 ? 0 : (since / width) + 1;
        if (first <= Math.Max(last - counts.Length + 1, 0))
        {
            return sum;
        }

        long count = 0;
        for (long bucket = first; bucket <= last; bucket++)
        {
            count += counts[bucket % counts.Length];
        }

        return count;
    }

    /// <summary>Lets go of what is too long ago.</summary>
    private void MoveTo(long now)
    {
        long next = now / width;
        for (long bucket = Math.Max(last + 1, next - counts.Length + 1); bucket <= next; bucket++)
        {
            sum -= counts[bucket % counts.Length];
            counts[bucket % counts.Length] = 0;
        }

        last = Math.Max(last, next);
    }
}
