namespace MacSegmentation.Stores;

/// <summary>A store that was copied, and found to be equal to its source.</summary>
public sealed record MacStoreCopy
{
    /// <summary>Where the source is.</summary>
    public required string Source { get; init; }

    /// <summary>Where the copy is.</summary>
    public required string Destination { get; init; }

    /// <summary>Number of rows of all tables.</summary>
    public required long Rows { get; init; }

    /// <summary>The revision that was copied.</summary>
    public required long Revision { get; init; }

    /// <summary>Digest (SHA-256) of all that both hold, in hexadecimal digits.</summary>
    public required string Digest { get; init; }
}
