using MacSegmentation.Partitions;

namespace MacSegmentation.Stores;

/// <summary>The store that a session's cmdlets use.</summary>
public sealed record MacStoreConnection
{
    /// <summary>Where it is: a file's full path, or a server and its database as <c>postgresql://db:5432/macseg</c>, without user and password.</summary>
    public required string Path { get; init; }

    /// <summary>The kind of store: <c>SQLite</c> or <c>PostgreSQL</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Version of what keeps it: of the SQLite library that is loaded, such as <c>3.53.4</c>, or of the server, such as <c>15.8</c>.</summary>
    public required string ProviderVersion { get; init; }

    /// <summary>Version of the store's schema.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Number of changes committed so far.</summary>
    public required long Revision { get; init; }

    /// <summary>True if it is read only.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>What counts first where several policies of partitions match.</summary>
    public ConflictResolution ConflictResolution { get; init; }

    /// <summary>How long the number of a removed partition is not given to another one.</summary>
    public TimeSpan PartitionIdReuseDelay { get; init; }

    /// <summary>True if nobody may change the store without a reason.</summary>
    public bool ReasonRequired { get; init; }

    internal static MacStoreConnection Of(IMacStore store)
    {
        var (settings, audit) = store.Read(reader => (reader.PartitionSettings, reader.AuditSettings));
        return new MacStoreConnection
        {
            Path = store.Info.Path,
            Provider = store.Info.Provider,
            ProviderVersion = store.Info.ProviderVersion,
            SchemaVersion = store.Info.SchemaVersion,
            IsReadOnly = store.Info.IsReadOnly,
            Revision = store.ReadRevision(),
            ConflictResolution = settings.ConflictResolution,
            PartitionIdReuseDelay = settings.IdReuseDelay,
            ReasonRequired = audit.IsReasonRequired,
        };
    }
}
