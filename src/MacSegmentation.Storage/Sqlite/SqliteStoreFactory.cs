using MacSegmentation.Errors;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>Opens stores that are SQLite files: embedded, shared by any number of processes of one host.</summary>
internal sealed class SqliteStoreFactory(StoreSchema schema)
{
    public SqliteStore Open(MacStoreOptions options)
    {
        SQLitePCL.Batteries_V2.Init();
        if (options is { Path: { } given } and ({ MustExist: true } or { IsReadOnly: true }) && FileFault.OfForeign(given) is null && !Path.Exists(given))
        {
            throw StoreFailure.NotFound(given);
        }

        if (options.Path is null)
        {
            var temporary = StoreFile.CreateTemporary(options.BusyTimeout);
            try
            {
                return SqliteStore.Open(temporary, options, schema);
            }
            catch
            {
                temporary.DeleteIfTemporary();
                throw;
            }
        }

        var made = new NewPlace(StoreFile.FullPath(options.Path));
        try
        {
            return SqliteStore.Open(StoreFile.At(options.Path, options.BusyTimeout, options.IsReadOnly), options, schema);
        }
        catch
        {
            made.Remove();
            throw;
        }
    }
}
