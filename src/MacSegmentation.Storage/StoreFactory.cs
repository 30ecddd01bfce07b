using MacSegmentation.Errors;
using MacSegmentation.Stores.Copying;
using MacSegmentation.Stores.Postgres;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Sqlite;

namespace MacSegmentation.Stores;

/// <summary>Opens stores of every kind: SQLite files, and databases of PostgreSQL servers.</summary>
public sealed class StoreFactory : IMacStoreFactory
{
    /// <inheritdoc/>
    public IMacStore Open(MacStoreOptions options) => OpenTables(options);

    /// <inheritdoc/>
    public MacStoreCopy Copy(MacStoreOptions source, MacStoreOptions destination, Action<StoreCopyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var from = OpenToCopy(source);
        var made = destination.Path is { } path ? new NewPlace(StoreFile.FullPath(path)) : null;
        try
        {
            using var to = OpenTables(destination);
            return new StoreCopy(from, to, progress, cancellation).Run();
        }
        catch
        {
            made?.RemoveStore();
            throw;
        }
    }

    /// <summary>The right to read is enough to copy a store.</summary>
    private static ISqlStore OpenToCopy(MacStoreOptions source)
    {
        try
        {
            return OpenTables(source with { MustExist = true });
        }
        catch (MacSegmentationException error) when (string.Equals(error.ErrorId, "StoreReadOnly", StringComparison.Ordinal) && !source.IsReadOnly)
        {
            return OpenTables(source with { IsReadOnly = true });
        }
    }

    private static ISqlStore OpenTables(MacStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ConnectionString is null)
        {
            return new SqliteStoreFactory(StoreSchema.Current).Open(options);
        }

        return options.Path is null
            ? PostgresStore.Open(PostgresPlace.Parse(options), options, PostgresSchema.Current, options.RetryTime)
            : throw new ArgumentException("A store has a path or a connection string, not both.", nameof(options));
    }
}
