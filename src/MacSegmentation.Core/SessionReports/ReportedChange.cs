using MacSegmentation.Auditing;

namespace MacSegmentation.SessionReports;

/// <summary>A change that the audit tells.</summary>
public sealed record ReportedChange
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was done.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>The thing: an instance, a profile, a rule, the session.</summary>
    public required string Subject { get; init; }

    /// <summary>What became of it and why, in words.</summary>
    public required string Detail { get; init; }

    /// <summary>Who did it.</summary>
    public required string User { get; init; }

    /// <summary>From which host.</summary>
    public required string HostName { get; init; }

    /// <summary>By which program and process.</summary>
    public required string Process { get; init; }

    internal static ReportedChange Of(MacAuditEvent entry) => new()
    {
        Time = entry.Time,
        Action = entry.Action,
        Subject = entry.Subject,
        Detail = entry.Detail,
        User = entry.User,
        HostName = entry.HostName,
        Process = entry.Process,
    };
}
