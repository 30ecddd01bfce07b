namespace MacSegmentation.Profiles;

/// <summary>How a delay varies around its latency.</summary>
public enum JitterDistribution
{
    /// <summary>Evenly from the latency less the jitter to the latency and the jitter.</summary>
    Uniform,

    /// <summary>By a normal distribution with the jitter as its standard deviation.</summary>
    Normal,

    /// <summary>By a Pareto distribution: mostly a little, now and then far more. The jitter is its scale.</summary>
    Pareto,
}
