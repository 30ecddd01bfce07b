namespace MacSegmentation.Stores.Sqlite;

/// <summary>Opens stores that are SQLite files: embedded, shared by any number of processes of one host.</summary>
internal sealed class SqliteStoreFactory(StoreSchema schema)
{
    public SqliteStore Open(MacStoreOptions options)
    {
        SQLitePCL.Batteries_V2.Init();
        if (options is { MustExist: true, Path: { } path } && !Path.Exists(path))
        {
            throw StoreFailure.NotFound(path);
        }

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
