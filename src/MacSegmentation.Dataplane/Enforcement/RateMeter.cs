using MacSegmentation.Counting;

namespace MacSegmentation.Enforcement;

/// <summary>
/// Remembers earlier numbers so that somebody who asks once gets a rate over a useful stretch of time, and somebody who asks often does not
/// get it over a few milliseconds.
/// </summary>
internal sealed class RateMeter
{
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(1);

    private (TimeSpan At, TrafficCounts Counts) older = (TimeSpan.Zero, TrafficCounts.Zero);
    private (TimeSpan At, TrafficCounts Counts) newer = (TimeSpan.Zero, TrafficCounts.Zero);

    /// <summary>The rates up to now. The caller serialises the calls.</summary>
    /// <param name="at">Time since the start.</param>
    /// <param name="counts">The numbers now.</param>
    public EnforcerRates Measure(TimeSpan at, TrafficCounts counts)
    {
        if (at - newer.At >= Stretch)
        {
            older = newer;
            newer = (at, counts);
        }

        return EnforcerRates.Between(older.Counts, counts, at - older.At);
    }
}
