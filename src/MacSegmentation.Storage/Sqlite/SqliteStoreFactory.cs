namespace MacSegmentation.Stores.Sqlite;

/// <summary>Opens stores that are SQLite files: embedded, shared by any number of processes of one host.</summary>
public sealed class SqliteStoreFactory : IMacStoreFactory
{
    private readonly StoreSchema schema;

    /// <summary>Creates the factory.</summary>
    public SqliteStoreFactory()
        : this(StoreSchema.Current)
    {
    }

    internal SqliteStoreFactory(StoreSchema schema) => this.schema = schema;

    /// <inheritdoc/>
    public IMacStore Open(MacStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SQLitePCL.Batteries_V2.Init();
        var file = options.Path is null ? StoreFile.CreateTemporary(options.BusyTimeout) : StoreFile.At(options.Path, options.BusyTimeout);
        try
        {
            return SqliteStore.Open(file, options, schema);
        }
        catch
        {
            file.DeleteIfTemporary();
            throw;
        }
    }
}
