using MacSegmentation.Profiles;

namespace MacSegmentation.Emulation;

/// <summary>
/// When a frame that is sent arrives. Where order is kept, the delay is a process in time: it has a value for a while, then another, and falls no faster than time passes, so what is sent
/// later arrives no earlier. Were it drawn for each frame, and the later arrivals held back, it would be near its greatest value all the time. Where frames may overtake each other, it is drawn
/// for each.
/// </summary>
/// <remarks>
/// The values follow from each other by a first-order autoregression of normal numbers, which the probability transform makes into the distribution that is asked for: so correlation leaves
/// the distribution as it is.
/// </remarks>
/// <param name="random">What is drawn from.</param>
internal sealed class DelayProcess(SeededRandom random)
{
    /// <summary>How much longer than the jitter a value holds, so that the time in which it falls is a small part.</summary>
    private const long HoldOfJitter = 10;

    private const long LeastHold = 1_000_000;
    private const long MostHold = 1_000_000_000;

    /// <summary>Of the Pareto distribution of second kind (Lomax): with 3 there is a variance.</summary>
    private const double Shape = 3;

    /// <summary>The rarest value that is drawn.</summary>
    private const double LeastTail = 1e-6;

    private long latency;
    private long jitter;
    private JitterDistribution distribution;
    private JitterBound bound;
    private double correlation;
    private bool mayOvertake;
    private double normal;
    private bool hasNormal;

    /// <summary>How far the delay is from the latency, as long as it holds.</summary>
    private double value;
    private long nextValue = long.MinValue;
    private long latest = long.MinValue;

    /// <summary>Goes by a profile for what is sent from now on.</summary>
    public void Use(LinkProfile link)
    {
        latency = link.Latency.Ticks * TimeSpan.NanosecondsPerTick;
        jitter = link.Jitter.Ticks * TimeSpan.NanosecondsPerTick;
        distribution = link.Distribution;
        bound = link.JitterBound;
        correlation = link.JitterCorrelation.Fraction;
        mayOvertake = link.Reorder;
        nextValue = long.MinValue;
    }

    /// <summary>Goes by another latency for what is sent from now on; how that varies goes on.</summary>
    public void Follow(TimeSpan told) => latency = told.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>When a frame arrives that is sent at a time, in nanoseconds.</summary>
    public long ArrivalOf(long sent)
    {
        long arrival = sent + (jitter == 0 ? latency : Bound(latency + (mayOvertake ? Draw(steps: 1) : ValueAt(sent))));
        arrival = mayOvertake ? arrival : Math.Max(arrival, latest);
        latest = Math.Max(latest, arrival);
        return arrival;
    }

    private double ValueAt(long time)
    {
        if (time >= nextValue)
        {
            long hold = Math.Clamp(jitter * HoldOfJitter, LeastHold, Math.Max(MostHold, jitter * 2));
            long steps = nextValue == long.MinValue ? 1 : 1 + ((time - nextValue) / hold);
            value = Draw(steps);
            nextValue = (nextValue == long.MinValue ? time : nextValue) + (steps * hold);
        }

        return value;
    }

    private double Draw(long steps)
    {
        double kept = !hasNormal || correlation == 0 ? 0 : Math.Pow(correlation, steps);
        normal = (kept * normal) + (Math.Sqrt(1 - (kept * kept)) * random.NextNormal());
        hasNormal = true;
        return jitter * distribution switch
        {
            JitterDistribution.Normal => normal,
            JitterDistribution.Pareto => Math.Pow(Math.Max(1 - Probability(normal), LeastTail), -1 / Shape) - 1,
            _ => (2 * Probability(normal)) - 1,
        };
    }

    private long Bound(double drawn) => (long)(drawn >= 0 ? drawn : bound == JitterBound.Fold ? -drawn : 0);

    /// <summary>The standard normal distribution's function, to 10^-7 (Abramowitz and Stegun, 1964, formula 26.2.17).</summary>
    private static double Probability(double normal)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(normal)));
        double tail = Math.Exp(-normal * normal / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return normal >= 0 ? 1 - tail : tail;
    }
}
