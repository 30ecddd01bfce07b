namespace MacSegmentation.Watches;

/// <summary>A watch that keeps what it tells in the store: which process does so now, and what it knows.</summary>
public sealed record MacWatch
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The process that watches and delivers, unique among all; empty for none.</summary>
    public string Holder { get; init; } = string.Empty;

    /// <summary>The host of that process.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>The program and its process id.</summary>
    public string Process { get; init; } = string.Empty;

    /// <summary>Until when nobody else may; a process that died holds it no longer.</summary>
    public DateTimeOffset HeldUntil { get; init; }

    /// <summary>What it knows, as <see cref="WatchMemory"/> writes it; empty before its first look.</summary>
    public string Known { get; init; } = string.Empty;

    /// <summary>Number of the event that was put into the spool last.</summary>
    public long LastEvent { get; init; }

    /// <summary>Events that found no room, of which nobody was told yet.</summary>
    public long Lost { get; init; }

    /// <summary>Events that found no room since the watch was made.</summary>
    public long LostInAll { get; init; }

    /// <summary>Events that were delivered since the watch was made.</summary>
    public long Delivered { get; init; }

    /// <summary>When one was delivered last; null if none was.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
}
