namespace MacSegmentation.Undoing;

/// <summary>What became of a record between two revisions.</summary>
public enum RecordDifferenceKind
{
    /// <summary>It came.</summary>
    Added,

    /// <summary>A field of it has another value.</summary>
    Changed,

    /// <summary>It went.</summary>
    Removed,
}
