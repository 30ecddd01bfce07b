using MacSegmentation.Profiles;

namespace MacSegmentation.NicMetrics;

/// <summary>Which of what is measured is kept for later: what has changed since it was kept, but not oftener than <see cref="NicSample.Interval"/>, and at once what another profile does.</summary>
internal sealed class NicSampling
{
    private readonly Dictionary<(long InterfaceId, ProfileDirection Direction), (MacNicMetric Metric, long At)> kept = [];

    /// <summary>True if something has changed that is to be kept later.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>What is to be kept now. A port that is not there any more is told as not attached.</summary>
    /// <param name="measured">What is measured now.</param>
    /// <param name="now">When, in ticks of 100 ns of a clock that never goes back.</param>
    /// <param name="time">When, by the calendar.</param>
    public List<MacNicMetric> ListDue(IReadOnlyList<MacNicMetric> measured, long now, DateTimeOffset time)
    {
        var due = new List<MacNicMetric>();
        int found = 0;
        IsBehind = false;
        foreach (var metric in measured)
        {
            if (!kept.TryGetValue(KeyOf(metric), out var before))
            {
                due.Add(metric with { Time = time });
                continue;
            }

            found++;
            if (before.Metric == metric)
            {
                continue;
            }

            if (now - before.At >= NicSample.Interval.Ticks || !IsSameAsked(before.Metric, metric))
            {
                due.Add(metric with { Time = time });
            }
            else
            {
                IsBehind = true;
            }
        }

        if (found < kept.Count)
        {
            var present = measured.Select(KeyOf).ToHashSet();
            due.AddRange(kept.Where(one => !present.Contains(one.Key)).Select(gone => gone.Value.Metric with { Time = time, State = NicState.NotAttached }));
        }

        return due;
    }

    /// <summary>Takes note of what was kept.</summary>
    /// <param name="samples">What <see cref="ListDue"/> told.</param>
    /// <param name="now">When.</param>
    public void Keep(List<MacNicMetric> samples, long now)
    {
        foreach (var sample in samples)
        {
            if (sample.State == NicState.NotAttached)
            {
                kept.Remove(KeyOf(sample));
            }
            else
            {
                kept[KeyOf(sample)] = (sample with { Time = default }, now);
            }
        }
    }

    private static bool IsSameAsked(MacNicMetric one, MacNicMetric other) =>
        string.Equals(one.Profile, other.Profile, StringComparison.Ordinal) && one.AskedBandwidth == other.AskedBandwidth && one.AskedLatency == other.AskedLatency && one.AskedLoss.Equals(other.AskedLoss);

    private static (long InterfaceId, ProfileDirection Direction) KeyOf(MacNicMetric metric) => (metric.InterfaceId, metric.Direction);
}
