namespace MacSegmentation.Stores;

/// <summary>What store this is.</summary>
public sealed record MacStoreInfo
{
    /// <summary>The kind of store: <c>SQLite</c> or <c>PostgreSQL</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Version of what keeps it: of the SQLite library that is loaded, such as <c>3.53.4</c>, or of the server, such as <c>15.8</c>.</summary>
    public required string ProviderVersion { get; init; }

    /// <summary>Where it is: a file's full path, or a server and its database as <c>postgresql://db:5432/macseg</c>, without user and password.</summary>
    public required string Path { get; init; }

    /// <summary>Version of the store's schema.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>True if it was opened to be read only.</summary>
    public bool IsReadOnly { get; init; }
}
