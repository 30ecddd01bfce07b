namespace MacSegmentation.SessionReports;

/// <summary>What was measured at a moment.</summary>
public sealed record ReportedSample
{
    /// <summary>The moment.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Until when it holds.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The profile in force; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>What went on in the last second, in bits a second.</summary>
    public long BitRate { get; init; }

    /// <summary>The bandwidth that the profile gives, in bits a second; null for no limit.</summary>
    public long? AskedBandwidth { get; init; }

    /// <summary>Frames that wait for the bandwidth.</summary>
    public int QueueDepth { get; init; }

    /// <summary>The median of the added latency since the profile came into force, in ms.</summary>
    public double LatencyP50 { get; init; }

    /// <summary>Its 99th percentile, in ms.</summary>
    public double LatencyP99 { get; init; }

    /// <summary>The latency that the profile asks for, in ms.</summary>
    public double AskedLatency { get; init; }

    /// <summary>The loss that the profile made since it came into force, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>The loss that the profile asks for, 0 to 1.</summary>
    public double AskedLoss { get; init; }

    /// <summary>Frames since the enforcer's start.</summary>
    public long Frames { get; init; }

    /// <summary>Their octets.</summary>
    public long Bytes { get; init; }

    /// <summary>Frames that the profile dropped since it came into force.</summary>
    public long Dropped { get; init; }

    /// <summary>The host of the enforcer.</summary>
    public string? HostName { get; init; }

    /// <summary>Its program and process.</summary>
    public string? Process { get; init; }
}
