namespace MacSegmentation.InterfaceRecords;

/// <summary>A running enforcer uses an interface record for one of its ports. It says so again and again; one that has died falls silent.</summary>
public sealed record InterfaceUse
{
    /// <summary>The record.</summary>
    public required long InterfaceId { get; init; }

    /// <summary>The enforcer, unique among all that run.</summary>
    public required string EnforcerId { get; init; }

    /// <summary>The host that it runs on.</summary>
    public required string HostName { get; init; }

    /// <summary>The program and its process id, such as <c>macseg/4711</c>.</summary>
    public required string Process { get; init; }

    /// <summary>When it said so last.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>How long a use counts after it was last seen.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(30);

    /// <summary>True if the enforcer must be taken to be running.</summary>
    /// <param name="now">The present time.</param>
    public bool IsLive(DateTimeOffset now) => now - SeenAt < Lifetime;
}
