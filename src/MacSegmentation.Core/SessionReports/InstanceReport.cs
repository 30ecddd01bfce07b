using MacSegmentation.NetworkSessions;

namespace MacSegmentation.SessionReports;

/// <summary>What one instance was asked to have, and got.</summary>
public sealed record InstanceReport
{
    /// <summary>The instance.</summary>
    public required string Name { get; init; }

    /// <summary>Its MAC address.</summary>
    public required string MacAddress { get; init; }

    /// <summary>The profile that its port had when the report was made; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Where the profile that it was given comes from.</summary>
    public ProfileSource ProfileSource { get; init; }

    /// <summary>What was changed of it, with the cause, oldest first.</summary>
    public IReadOnlyList<ReportedChange> Changes { get; init; } = [];

    /// <summary>What went to it.</summary>
    public required DirectionReport Ingress { get; init; }

    /// <summary>What it sent.</summary>
    public required DirectionReport Egress { get; init; }
}
