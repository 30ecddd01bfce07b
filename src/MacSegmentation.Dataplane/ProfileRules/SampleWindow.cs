namespace MacSegmentation.ProfileRules;

/// <summary>What a port's numbers were within a time that ends now: some twenty samples of them, whatever the time.</summary>
/// <param name="window">The time, 1 s at least.</param>
internal sealed class SampleWindow(TimeSpan window)
{
    private const int Resolution = 20;

    private readonly long spacing = Math.Max(window.Ticks / Resolution, TimeSpan.TicksPerSecond / 2);
    private readonly Queue<LinkSample> samples = new();
    private LinkSample latest;
    private long lastKept;

    /// <summary>True if the port was looked at for the whole time, with this profile.</summary>
    public bool IsFull => samples.Count > 0 && latest.Time - samples.Peek().Time >= window.Ticks;

    /// <summary>The oldest numbers that are within the time, or the last before it.</summary>
    public LinkSample Oldest => samples.Peek();

    /// <summary>Takes in what the numbers are now.</summary>
    public void Add(in LinkSample sample)
    {
        latest = sample;
        if (samples.Count == 0 || sample.Time - lastKept >= spacing)
        {
            samples.Enqueue(sample);
            lastKept = sample.Time;
        }

        // The last one before the time is where it begins.
        while (samples.Count > 1 && sample.Time - samples.ElementAt(1).Time >= window.Ticks)
        {
            samples.Dequeue();
        }
    }
}
