namespace MacSegmentation.SessionReports;

/// <summary>One direction of an instance's vNIC over the time of a report.</summary>
public sealed record DirectionReport
{
    /// <summary>What was asked for where it was measured, in sequence: the profile in force at the port.</summary>
    public IReadOnlyList<AskedCharacter> Asked { get; init; } = [];

    /// <summary>When no enforcer had the port (NotAttached): nothing was in force then, and nothing measured.</summary>
    public IReadOnlyList<ReportedTime> NotMeasured { get; init; } = [];

    /// <summary>The part of the time in which it was measured, 0 to 1.</summary>
    public double MeasuredShare { get; init; }

    /// <summary>The highest rate of a sample, in bits a second; null if nothing was measured.</summary>
    public long? MaxBitRate { get; init; }

    /// <summary>The highest 99th percentile of the added latency of a sample, in ms; null if nothing was measured.</summary>
    public double? MaxLatencyP99 { get; init; }

    /// <summary>Frames that went by between the first and the last sample.</summary>
    public long Frames { get; init; }

    /// <summary>Their octets.</summary>
    public long Bytes { get; init; }

    /// <summary>What was measured, in sequence. A sample holds until the next one, or until the direction was not measured any more.</summary>
    public IReadOnlyList<ReportedSample> Samples { get; init; } = [];
}
