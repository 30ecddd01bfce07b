namespace MacSegmentation;

/// <summary>What came of one of the suite's files.</summary>
public sealed record PesterFile
{
    /// <summary>The file's name.</summary>
    public required string Name { get; init; }

    /// <summary>Pester's word for it; a file that cannot be read has no failed test and yet is Failed.</summary>
    public required string Result { get; init; }

    public required int Passed { get; init; }

    public required int Failed { get; init; }

    public required int Skipped { get; init; }

    /// <summary>What failed, and how.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>What was skipped, and why.</summary>
    public required IReadOnlyList<string> Skips { get; init; }
}
