namespace MacSegmentation.Stores.Tables;

/// <summary>What is known of a table beside its columns: who is told of its changes, and what stays of a row that is gone.</summary>
internal interface IFollowedTable
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The columns that are written.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>True if nobody is told when it changes: no enforcer and no provider is made of it, and it changes often.</summary>
    bool IsQuiet { get; }

    /// <summary>The table in which a removed row leaves a tombstone, so that a reader of snapshots knows of it; null if none follows them.</summary>
    string? Tombstones { get; }

    /// <summary>What a tombstone keeps of a row beside the revision.</summary>
    IReadOnlyList<string> TombstoneColumns { get; }
}
