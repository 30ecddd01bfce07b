namespace MacSegmentation.NicMetrics;

/// <summary>A running enforcer that reports what it measures at its ports. It says so again and again; one that has died falls silent, and its metrics count no more.</summary>
public sealed record NicReporter
{
    /// <summary>How long what it reported counts after it was last seen.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>The enforcer, unique among all that run.</summary>
    public required string EnforcerId { get; init; }

    /// <summary>The host that it runs on.</summary>
    public required string HostName { get; init; }

    /// <summary>The program and its process id, such as <c>macseg/4711</c>.</summary>
    public required string Process { get; init; }

    /// <summary>When it reported last.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>True if what it reported holds.</summary>
    /// <param name="now">The present time.</param>
    public bool IsLive(DateTimeOffset now) => now - SeenAt < Lifetime;
}
