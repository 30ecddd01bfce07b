namespace MacSegmentation.Watching;

/// <summary>A counter over time, as long as the longest window asks: how much was counted within a time up to now.</summary>
internal sealed class CounterHistory
{
    private readonly List<(DateTimeOffset Time, long Value)> samples = [];

    /// <summary>When the newest sample is of.</summary>
    public DateTimeOffset Time => samples.Count == 0 ? default : samples[^1].Time;

    /// <summary>Takes in what the counter was at a time. One that goes back began anew.</summary>
    public void Add(DateTimeOffset time, long value, TimeSpan longest)
    {
        if (samples.Count > 0 && value < samples[^1].Value)
        {
            samples.Clear();
        }

        if (samples.Count == 0 || time > samples[^1].Time)
        {
            samples.Add((time, value));
        }

        // The newest one that is older than the window is what it is counted from.
        int old = samples.FindIndex(sample => sample.Time > time - longest) - 1;
        if (old > 0)
        {
            samples.RemoveRange(0, old);
        }
    }

    /// <summary>How much was counted from the newest sample that is as old as the window, or the oldest, up to the newest.</summary>
    public long Within(TimeSpan window, DateTimeOffset now)
    {
        if (samples.Count == 0)
        {
            return 0;
        }

        int from = samples.FindLastIndex(sample => sample.Time <= now - window);
        return samples[^1].Value - samples[Math.Max(from, 0)].Value;
    }
}
