namespace MacSegmentation.Backups;

/// <summary>A store that was restored from a backup.</summary>
public sealed record MacStoreRestore
{
    /// <summary>The backup's file.</summary>
    public required string Path { get; init; }

    /// <summary>Where the store is.</summary>
    public required string Destination { get; init; }

    /// <summary>The revision that the backup holds.</summary>
    public required long BackupRevision { get; init; }

    /// <summary>When the backup was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The revision of the store that was replaced; null if there was none.</summary>
    public long? ReplacedRevision { get; init; }

    /// <summary>The store's revision now: the restoring is a change of its own.</summary>
    public required long Revision { get; init; }

    /// <summary>Number of rows that were restored.</summary>
    public required long Rows { get; init; }

    /// <summary>Number of addresses and blocks in use that the store knew and the backup does not.</summary>
    public required long Lost { get; init; }
}
