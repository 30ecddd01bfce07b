using MacSegmentation.Backups;
using MacSegmentation.Errors;
using MacSegmentation.Stores.Backups;
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

    /// <inheritdoc/>
    public MacStoreBackup Backup(MacStoreOptions source, string path, bool mayReplace = true, Action<StoreCopyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var from = OpenToCopy(source);
        return StoreBackup.Make(from, path, mayReplace, source.TimeProvider, progress, cancellation);
    }

    /// <inheritdoc/>
    public MacStoreBackup ReadBackup(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var backup = BackupFile.Open(StoreFile.FullPath(path));
        backup.ExtractStore(target: null);
        return backup.Describe();
    }

    /// <inheritdoc/>
    public IReadOnlyList<MacRestoreLoss> FindRestoreLosses(string path, MacStoreOptions destination, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(destination);
        using var restore = StoreRestore.Open(path);
        try
        {
            using var to = OpenToCopy(destination);
            return restore.FindLosses(to, cancellation);
        }
        catch (MacSegmentationException error) when (string.Equals(error.ErrorId, "StoreNotFound", StringComparison.Ordinal))
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public MacStoreRestore Restore(
        string path, MacStoreOptions destination, bool force = false, string? reason = null, Action<StoreCopyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(destination);
        using var restore = StoreRestore.Open(path);
        var made = destination.Path is { } file ? new NewPlace(StoreFile.FullPath(file)) : null;
        try
        {
            using var to = OpenTables(destination);
            return restore.Run(to, destination, force, reason, progress, cancellation);
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
