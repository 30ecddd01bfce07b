using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.Fitting;

/// <summary>The direction of a profile that is most like what became of frames that were sent one way.</summary>
internal static class LinkFitter
{
    private const int BitsPerOctet = 8;
    private const double NanosecondsOfSecond = 1e9;
    private const double PartsPerMillion = 1e6;

    /// <summary>Pairs of frames of which the second one waited for the first, at least, for a bandwidth.</summary>
    private const int FewestWaiting = 20;

    /// <summary>How near such a pair is to the rate, and how many of them are.</summary>
    private const double RateTolerance = 0.1;
    private const double RateAgreement = 0.6;

    /// <summary>How near the times between two frames are at both ends that follow as they were sent.</summary>
    private const double SameGap = 0.05;

    /// <summary>Within what time the most octets are counted where no bandwidth is seen.</summary>
    private const long PeakWindow = 100_000_000;

    /// <summary>What varies less is the clocks and the systems that captured: 50 µs.</summary>
    private const double LeastDeviation = 50_000;

    /// <summary>Losses of which it can be told whether they come in bursts, at least, and by how many standard deviations there are fewer bursts than by chance (99 % of one side and more).</summary>
    private const int FewestLosses = 10;
    private const double BurstEvidence = 2.58;

    /// <summary>How many frames are overtaken where that is what the link does.</summary>
    private const double LeastReordering = 0.001;

    public static LinkFit? Fit(List<PassedFrame> frames)
    {
        if (frames.Count == 0)
        {
            return null;
        }

        var arrived = frames.Where(frame => frame.Arrived is not null).ToList();
        var byArrival = arrived.OrderBy(frame => frame.Arrived).ToList();
        var (rate, unqueued) = FindRate(byArrival);
        double[] delays = [.. (rate is null ? arrived : unqueued).Select(frame => (double)(frame.Arrived!.Value - frame.Sent)).Order()];
        var (loss, bursts) = FindLoss(frames);
        bool reorders = arrived.Zip(arrived.Skip(1), (one, next) => next.Arrived < one.Arrived).Count(isBehind => isBehind) > LeastReordering * arrived.Count;
        var link = WithDelay(new LinkProfile { Bandwidth = Limited(rate ?? Peak(byArrival)), LossRate = loss, BurstLoss = bursts, Reorder = reorders }, delays);
        return new LinkFit
        {
            Link = link,
            FramesSent = frames.Count,
            FramesLost = frames.Count - arrived.Count,
            IsBandwidthLowerBound = rate is null,
            LatencyP50 = Time(At(delays, 0.5)),
            LatencyP99 = Time(At(delays, 0.99)),
        };
    }

    /// <summary>
    /// A frame waited for the one that arrived before it if it would have arrived before that one without waiting. Where most of those that did so follow by their length over one rate, that is
    /// the bandwidth; what is only held back by jitter follows at once, or anyhow. Those that follow as they were sent say nothing: they may have waited both, or neither.
    /// </summary>
    private static (BitRate? Rate, List<PassedFrame> Unqueued) FindRate(List<PassedFrame> byArrival)
    {
        long least = byArrival.Min(frame => frame.Arrived!.Value - frame.Sent);
        var unqueued = new List<PassedFrame> { byArrival[0] };
        var (bits, times) = (new List<double>(), new List<double>());
        for (int i = 1; i < byArrival.Count; i++)
        {
            var (before, frame) = (byArrival[i - 1], byArrival[i]);
            long gap = frame.Arrived!.Value - before.Arrived!.Value;
            if (frame.Sent + least >= before.Arrived.Value)
            {
                unqueued.Add(frame);
            }
            else if (Math.Abs(gap - (frame.Sent - before.Sent)) > SameGap * gap)
            {
                bits.Add((double)frame.Length * BitsPerOctet);
                times.Add(gap);
            }
        }

        if (bits.Count < FewestWaiting)
        {
            return (null, unqueued);
        }

        // The time that a bit takes: it is 0 for what arrives at once.
        double median = At([.. bits.Zip(times, (bit, time) => time / bit).Order()], 0.5);
        var agreeing = Enumerable.Range(0, bits.Count).Where(i => median > 0 && Math.Abs((times[i] / bits[i]) - median) <= RateTolerance * median).ToList();
        return agreeing.Count < RateAgreement * bits.Count
            ? (null, unqueued)
            : (new BitRate((long)Math.Round(agreeing.Sum(i => bits[i]) / agreeing.Sum(i => times[i]) * NanosecondsOfSecond)), unqueued);
    }

    private static BitRate Peak(List<PassedFrame> byArrival)
    {
        var (most, octets, first) = (0L, 0L, 0);
        foreach (var frame in byArrival)
        {
            octets += frame.Length;
            for (; byArrival[first].Arrived <= frame.Arrived - PeakWindow; first++)
            {
                octets -= byArrival[first].Length;
            }

            most = Math.Max(most, octets);
        }

        return new BitRate((long)(most * BitsPerOctet * (NanosecondsOfSecond / PeakWindow)));
    }

    private static BitRate Limited(BitRate rate) => new(Math.Clamp(rate.BitsPerSecond, 1_000, 100_000_000_000));

    private static (Percentage Loss, BurstLoss? Bursts) FindLoss(List<PassedFrame> frames)
    {
        double lost = frames.Count(frame => frame.Arrived is null);
        double got = frames.Count - lost;
        double bursts = frames.Zip(frames.Skip(1), (one, next) => one.Arrived is not null && next.Arrived is null).Count(begins => begins);
        if (lost >= FewestLosses)
        {
            // Wald and Wolfowitz (1940): how many runs there are of what happens by itself.
            double expected = lost * (got + 1) / frames.Count;
            double variance = (got + 1) * got * lost * (lost - 1) / ((double)frames.Count * frames.Count * (frames.Count - 1));
            if ((expected - bursts) > BurstEvidence * Math.Sqrt(variance))
            {
                return (default, new BurstLoss(Share(Math.Max(bursts / got, 1 / PartsPerMillion)), Share(bursts / lost), Percentage.All, default));
            }
        }

        return (Share(lost / frames.Count), null);
    }

    private static LinkProfile WithDelay(LinkProfile link, double[] delays)
    {
        // A few that waited elsewhere say nothing of the others.
        double[] usual = delays.Length < 1_000 ? delays : delays[(delays.Length / 1_000)..^(delays.Length / 1_000)];
        double mean = usual.Average();
        double Moment(int power) => usual.Average(delay => Math.Pow(delay - mean, power));
        double deviation = Math.Sqrt(Moment(2));
        if (deviation < LeastDeviation)
        {
            return link with { Latency = Time(Math.Max(At(delays, 0.5), 0)), Reorder = false };
        }

        // Skewness and kurtosis tell the distributions apart: 0 and 1.8 are uniform, 0 and 3 normal; Lomax's with 3 has half its scale as mean and the root of 3/4 as deviation.
        bool isSkewed = Moment(3) / Math.Pow(deviation, 3) > 1;
        var distribution = isSkewed ? JitterDistribution.Pareto : Moment(4) / Math.Pow(deviation, 4) < 2.4 ? JitterDistribution.Uniform : JitterDistribution.Normal;
        double jitter = deviation * distribution switch { JitterDistribution.Uniform => Math.Sqrt(3), JitterDistribution.Pareto => 1 / Math.Sqrt(0.75), _ => 1 };
        double latency = Math.Max(distribution == JitterDistribution.Pareto ? mean - (jitter / 2) : mean, 0);
        return link with { Latency = Time(latency), Jitter = Time(jitter), Distribution = distribution, JitterBound = jitter > latency ? JitterBound.Truncate : JitterBound.None };
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];

    private static Percentage Share(double share) => new((int)Math.Round(Math.Clamp(share, 0, 1) * PartsPerMillion));

    private static TimeSpan Time(double nanoseconds) => TimeSpan.FromTicks((long)Math.Min(Math.Round(nanoseconds / TimeSpan.NanosecondsPerTick), TimeSpan.FromSeconds(60).Ticks));
}
