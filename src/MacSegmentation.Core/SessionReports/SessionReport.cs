using MacSegmentation.NetworkSessions;

namespace MacSegmentation.SessionReports;

/// <summary>
/// What was asked of the network of a session's instances, and what they got, over a time: to be kept with the result of a test. Its members are those of the JSON file: times in UTC, bandwidths
/// in bits a second, latencies in milliseconds, one way, losses as shares from 0 to 1, octets of Ethernet frames without their FCS.
/// </summary>
public sealed record SessionReport
{
    /// <summary>What the file says that it is.</summary>
    public const string FormatName = "macsegmentation.session-report";

    /// <summary>The version of the file that this program writes. Members may be added to it; one that goes or means something else makes the next version.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What the file says that it is.</summary>
    public string Format { get; init; } = FormatName;

    /// <summary>The version of the file.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The beginning of the time that it tells of.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The end of that time.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The session.</summary>
    public required string Session { get; init; }

    /// <summary>Its VLAN, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>Its default profile when the report was made; null for none.</summary>
    public string? DefaultProfile { get; init; }

    /// <summary>Its isolation then.</summary>
    public SessionIsolation Isolation { get; init; }

    /// <summary>Its state then.</summary>
    public SessionState State { get; init; }

    /// <summary>What was changed of the session, of the profiles that its instances had, and of rules, oldest first; and instances that ended, of which nothing else is known any more.</summary>
    public IReadOnlyList<ReportedChange> Changes { get; init; } = [];

    /// <summary>Its instances, by name.</summary>
    public required IReadOnlyList<InstanceReport> Instances { get; init; }
}
