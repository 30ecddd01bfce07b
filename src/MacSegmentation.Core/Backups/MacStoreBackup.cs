namespace MacSegmentation.Backups;

/// <summary>What a backup says of itself: the whole of a store at one revision, in one file.</summary>
public sealed record MacStoreBackup
{
    /// <summary>The backup's file, by its full path.</summary>
    public required string Path { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where the store is that it was made of: a file's full path, or a server and its database, without user and password.</summary>
    public required string Source { get; init; }

    /// <summary>The kind of that store: <c>SQLite</c> or <c>PostgreSQL</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Version of the file's form; a newer one is refused.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Version of the store's schema; an older one is brought up to date when it is restored, a newer one is refused.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Identity of the store.</summary>
    public required string StoreId { get; init; }

    /// <summary>The revision that it holds.</summary>
    public required long Revision { get; init; }

    /// <summary>What tells this revision from another with its number, in hexadecimal digits.</summary>
    public required string Token { get; init; }

    /// <summary>Number of VLANs.</summary>
    public required long Vlans { get; init; }

    /// <summary>Number of allocations.</summary>
    public required long Allocations { get; init; }

    /// <summary>Number of handles, those included that gave their address up.</summary>
    public required long Handles { get; init; }

    /// <summary>Number of blocks, closed ones included.</summary>
    public required long Blocks { get; init; }

    /// <summary>Number of rows of all tables.</summary>
    public required long Rows { get; init; }

    /// <summary>Digest (SHA-256) of all that the store held, the same for every kind of store, in hexadecimal digits.</summary>
    public required string Digest { get; init; }

    /// <summary>Length of the file in octets.</summary>
    public long Length { get; init; }
}
