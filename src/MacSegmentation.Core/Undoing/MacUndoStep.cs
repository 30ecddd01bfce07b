namespace MacSegmentation.Undoing;

/// <summary>What became of one record when a change was taken back.</summary>
public sealed record MacUndoStep
{
    /// <summary>The revision that is taken back.</summary>
    public required long Revision { get; init; }

    /// <summary>What sort of record it is, by the table that it stands in.</summary>
    public required string Table { get; init; }

    /// <summary>What names the record in the store.</summary>
    public required string Record { get; init; }

    /// <summary>The record's name; empty if it has none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What the change had done to it: it is put back as it was before.</summary>
    public required RecordDifferenceKind Kind { get; init; }

    /// <summary>True if it is put back.</summary>
    public required bool IsUndone { get; init; }

    /// <summary>Why it cannot be put back; empty if it is.</summary>
    public string Reason { get; init; } = string.Empty;
}
