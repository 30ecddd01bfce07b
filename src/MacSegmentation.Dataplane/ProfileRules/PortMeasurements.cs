using MacSegmentation.Conditions;
using MacSegmentation.Emulation;
using MacSegmentation.NetworkSessions;

namespace MacSegmentation.ProfileRules;

/// <summary>What the metrics of profile rules are at the port of one instance. They begin anew with each profile that the port gets: what another one did says nothing of this one.</summary>
internal sealed class PortMeasurements : IConditionReadings
{
    private const int BitsPerOctet = 8;
    private const int PerCent = 100;
    private const double Percentile = 0.99;

    private readonly Dictionary<TimeSpan, SampleWindow> windows = [];
    private LinkStatistics? egress;
    private LinkStatistics? ingress;
    private LinkSample latest;
    private string? profile;

    /// <summary>Rules that gave the instance their profile, and whose condition was met ever since.</summary>
    public HashSet<long> Spent { get; } = [];

    /// <summary>When the condition of which rule was met last.</summary>
    public Dictionary<long, DateTimeOffset> LastMet { get; } = [];

    /// <summary>Takes in what the port's numbers are now.</summary>
    /// <param name="fromInstance">What its profile does with what its instance sends; null for nothing.</param>
    /// <param name="toInstance">What it does with what goes to the instance; null for nothing.</param>
    /// <param name="profileNow">The name of its profile.</param>
    /// <param name="now">When, in ticks of 100 ns of a clock that never goes back.</param>
    /// <param name="asked">The times within which anything is asked for.</param>
    public void Look(LinkStatistics? fromInstance, LinkStatistics? toInstance, string? profileNow, long now, IReadOnlySet<TimeSpan> asked)
    {
        var sample = LinkSample.Of(fromInstance, toInstance, now);
        if (!string.Equals(profileNow, profile, StringComparison.Ordinal) || sample.IsBehind(latest))
        {
            windows.Clear();
        }

        (egress, ingress, latest, profile) = (fromInstance, toInstance, sample, profileNow);
        foreach (var gone in windows.Keys.Where(window => !asked.Contains(window)).ToArray())
        {
            windows.Remove(gone);
        }

        foreach (var window in asked)
        {
            if (!windows.TryGetValue(window, out var samples))
            {
                windows.Add(window, samples = new SampleWindow(window));
            }

            samples.Add(sample);
        }
    }

    /// <summary>True if the port was looked at for as long as a condition asks.</summary>
    public bool CanJudge(MacCondition condition) => condition.Comparisons.All(comparison => !comparison.Metric.IsWindowed || windows[comparison.Window].IsFull);

    /// <summary>What has been measured, in words.</summary>
    public string Describe(MacCondition condition) =>
        string.Join(", ", condition.Comparisons.Select(comparison => comparison.DescribeReading(Read(comparison))).Distinct(StringComparer.Ordinal));

    /// <inheritdoc/>
    public long Read(MacConditionComparison comparison)
    {
        var metric = comparison.Metric;
        if (metric == ProfileMetrics.QueueDepth)
        {
            return (egress?.FramesWaiting ?? 0) + (ingress?.FramesWaiting ?? 0);
        }

        var first = windows[comparison.Window].Oldest;
        return metric == ProfileMetrics.EgressUtilization ? Utilization(egress, latest.Egress - first.Egress, latest.Time - first.Time)
            : metric == ProfileMetrics.IngressUtilization ? Utilization(ingress, latest.Ingress - first.Ingress, latest.Time - first.Time)
            : metric == ProfileMetrics.Loss ? Share(latest.FramesDropped - first.FramesDropped, latest.FramesIn - first.FramesIn)
            : LatencyP99(first).Ticks;
    }

    /// <summary>Without a bandwidth nothing of it is used.</summary>
    private static long Utilization(LinkStatistics? link, long octets, long ticks) => link?.Asked.Bandwidth is not { BitsPerSecond: > 0 } bandwidth || ticks <= 0 ? 0
        : (long)Math.Min(PerCent, PerCent * (double)octets * BitsPerOctet * TimeSpan.TicksPerSecond / ((double)bandwidth.BitsPerSecond * ticks));

    private static long Share(long part, long whole) => whole <= 0 ? 0 : Math.Min(PerCent, PerCent * part / whole);

    private TimeSpan LatencyP99(LinkSample first) => LatencyBuckets.At(
        [.. latest.AddedLatency.Zip(first.AddedLatency, LatencyBuckets.Difference).SelectMany(direction => direction).OrderBy(bucket => bucket.Latency)], Percentile);
}
