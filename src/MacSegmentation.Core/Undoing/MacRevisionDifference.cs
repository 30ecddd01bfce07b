namespace MacSegmentation.Undoing;

/// <summary>In what a store differs between two revisions: a record that came or went, or a field of one that changed.</summary>
public sealed record MacRevisionDifference
{
    /// <summary>What became of it.</summary>
    public required RecordDifferenceKind Kind { get; init; }

    /// <summary>What sort of record it is, by the table that it stands in, such as <c>policy</c> or <c>interface</c>.</summary>
    public required string Table { get; init; }

    /// <summary>What names the record in the store.</summary>
    public required string Record { get; init; }

    /// <summary>The record's name; empty if it has none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The field; empty for a record that came or went.</summary>
    public string Property { get; init; } = string.Empty;

    /// <summary>Its value at the first revision, or the fields of the record that went; null for none.</summary>
    public string? Before { get; init; }

    /// <summary>Its value at the second revision, or the fields of the record that came; null for none.</summary>
    public string? After { get; init; }
}
