namespace MacSegmentation.SessionReports;

/// <summary>A time.</summary>
public sealed record ReportedTime
{
    /// <summary>Its beginning.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset Until { get; init; }
}
