using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Limits;

/// <summary>
/// Limits how many of something pass in a second: a token bucket, full at first, that holds one second's worth, so that a burst of that
/// size passes at once. The default value limits nothing.
/// </summary>
/// <remarks>It changes with every use: keep it in a field that is not read-only, and use it from one thread at a time.</remarks>
[SuppressMessage("Performance", "CA1815", Justification = "It is a state, not a value; nobody compares two.")]
public struct TokenBucket
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // What a nanosecond adds is the rate, and what passes takes a thousand million: no fraction is ever lost.
    private readonly long rate;
    private long level;
    private long filledAt;

    /// <summary>Creates a full bucket.</summary>
    /// <param name="rate">How many pass in a second, 0 to 2^31 − 1; 0 for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative.</exception>
    public TokenBucket(int rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        this.rate = rate;
        level = rate * NanosecondsPerSecond;
    }

    /// <summary>Takes a token if there is one.</summary>
    /// <param name="now">Time in nanoseconds from any start. It may go back: by less than a second it adds nothing, by more it starts anew.</param>
    /// <returns>False if the limit is reached.</returns>
    public bool TryTake(long now)
    {
        if (rate == 0)
        {
            return true;
        }

        long elapsed = now - filledAt;
        if (elapsed > 0)
        {
            level = elapsed >= NanosecondsPerSecond ? rate * NanosecondsPerSecond : Math.Min(level + (elapsed * rate), rate * NanosecondsPerSecond);
            filledAt = now;
        }
        else if (elapsed < -NanosecondsPerSecond)
        {
            // A clock that was set back. Less than that is frames out of order, which must not gain what is between them again and again.
            filledAt = now;
        }

        if (level < NanosecondsPerSecond)
        {
            return false;
        }

        level -= NanosecondsPerSecond;
        return true;
    }
}
