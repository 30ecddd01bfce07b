namespace MacSegmentation.Stores;

/// <summary>What store this is.</summary>
public sealed record MacStoreInfo
{
    /// <summary>The kind of store: <c>SQLite</c> or <c>PostgreSQL</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Where it is: a file's full path, or a server and its database as <c>postgresql://db:5432/macseg</c>, without user and password.</summary>
    public required string Path { get; init; }

    /// <summary>Version of the store's schema.</summary>
    public required int SchemaVersion { get; init; }
}
