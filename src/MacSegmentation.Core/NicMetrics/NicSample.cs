namespace MacSegmentation.NicMetrics;

/// <summary>What was measured at a port at a moment. It holds until the next sample of the interface record and direction, and no longer than its enforcer was there.</summary>
/// <param name="Metric">What was measured, and when; not attached, if the enforcer lost the port then.</param>
/// <param name="SeenAt">When the enforcer was seen last.</param>
public sealed record NicSample(MacNicMetric Metric, DateTimeOffset SeenAt)
{
    /// <summary>From one sample to the next at least, while something changes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>How long samples are kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>From which age on one sample stays of how much time: about 1,200 of a direction at most.</summary>
    public static IReadOnlyList<(TimeSpan Age, TimeSpan Spacing)> Spacings { get; } =
        [(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1)), (TimeSpan.FromHours(6), TimeSpan.FromMinutes(15))];
}
