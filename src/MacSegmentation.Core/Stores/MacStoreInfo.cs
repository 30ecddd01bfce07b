namespace MacSegmentation.Stores;

/// <summary>What store this is.</summary>
public sealed record MacStoreInfo
{
    /// <summary>The kind of store, such as <c>SQLite</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Where it is: a file's full path.</summary>
    public required string Path { get; init; }

    /// <summary>Version of the store's schema.</summary>
    public required int SchemaVersion { get; init; }
}
