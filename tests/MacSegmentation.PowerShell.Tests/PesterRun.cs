namespace MacSegmentation;

/// <summary>What came of a process that ran files of the suite.</summary>
public sealed record PesterRun
{
    /// <summary>The version of PowerShell.</summary>
    public required string PowerShell { get; init; }

    /// <summary>The version of Pester.</summary>
    public required string Pester { get; init; }

    /// <summary>Its files.</summary>
    public required IReadOnlyList<PesterFile> Files { get; init; }
}
