namespace MacSegmentation.SessionReports;

/// <summary>What a profile asked for at a port for a time.</summary>
public sealed record AskedCharacter
{
    /// <summary>When it was seen in force first.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The profile; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The bandwidth that it gives, in bits a second; null for no limit.</summary>
    public long? Bandwidth { get; init; }

    /// <summary>The latency that it asks for, in ms.</summary>
    public double Latency { get; init; }

    /// <summary>The loss that it asks for, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>The change after which it was in force, as the audit tells it; null if that was before all that is known.</summary>
    public string? Cause { get; init; }
}
