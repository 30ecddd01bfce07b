using System.Collections.Concurrent;
using MacSegmentation.Stores.Sessions;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>A store in a SQLite file: one connection that writes, and as many that read as there are readers at once.</summary>
internal sealed class SqliteStore : ISqlStore
{
    /// <summary>Bytes of the write-ahead log from which on it is written back to the database.</summary>
    private const long MaxLogLength = 4 * 1024 * 1024;

    private readonly StoreFile file;
    private readonly MacStoreOptions options;
    private readonly StoreConnection writing;
    private readonly WriteLock writeLock = new();
    private readonly ConcurrentBag<StoreConnection> idleReaders = [];
    private volatile bool isDisposed;

    private SqliteStore(StoreFile file, MacStoreOptions options, StoreConnection writing, int schemaVersion)
    {
        this.file = file;
        this.options = options;
        this.writing = writing;
        Info = new MacStoreInfo
        {
            Provider = "SQLite",
            ProviderVersion = SQLitePCL.raw.sqlite3_libversion().utf8_to_string(),
            Path = file.Path,
            SchemaVersion = schemaVersion,
        };
    }

    /// <summary>Never raised: nobody tells of changes to a file.</summary>
    public event EventHandler? ChangeNoticed
    {
        add { }
        remove { }
    }

    public MacStoreInfo Info { get; }

    /// <summary>A change must reach enforcers within 100 ms, compiling included.</summary>
    public TimeSpan PollingInterval { get; } = TimeSpan.FromMilliseconds(15);

    public static SqliteStore Open(StoreFile file, MacStoreOptions options, StoreSchema schema)
    {
        var connection = StoreConnection.Open(file);
        try
        {
            schema.Prepare(connection);
            connection.Execute("PRAGMA foreign_keys = ON");
            connection.Execute(file.IsTemporary ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL");

            // A group of many thousand changes stays in memory until it commits; the log that it leaves is shortened by the next.
            connection.Execute("PRAGMA cache_size = -32768");
            connection.Execute($"PRAGMA journal_size_limit = {MaxLogLength}");
            connection.Execute("PRAGMA wal_autocheckpoint = 0");
            return new SqliteStore(file, options, connection, schema.Version);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public T Read<T>(Func<IStoreReader, T> query) => ReadStoppable(query, CancellationToken.None);

    public T ReadStoppable<T>(Func<IStoreReader, T> query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return WithReader(connection => connection.Stoppable(
            () => InReadTransaction(connection, () => query(new SqlStoreReader(connection, SqlStoreReader.ReadRevision(connection), Now))), cancellation));
    }

    public long ReadRevision() => WithReader(static connection => SqlStoreReader.ReadRevision(connection));

    public ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null) =>
        WithReader(connection => InReadTransaction(connection, () => SnapshotReader.Read(connection, previous)));

    public T Write<T>(Func<IStoreWriter, T> change) => WriteStoppable(change, CancellationToken.None);

    public T WriteStoppable<T>(Func<IStoreWriter, T> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        return WriteAlone(
            () =>
            {
                var writer = new SqlStoreWriter(writing, SqlStoreReader.ReadRevision(writing), Now, options.Actor);
                var result = change(writer);
                writer.Complete();
                return result;
            },
            cancellation);
    }

    public T Observe<T>(Func<IStoreObserver, T> observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return WriteAlone(() => observation(new SqlStoreObserver(writing, SqlStoreReader.ReadRevision(writing), Now)), CancellationToken.None);
    }

    public T ReadTables<T>(Func<SqlConnection, T> read) => WithReader(connection => InReadTransaction(connection, () => read(connection)));

    public T WriteTables<T>(Func<SqlConnection, T> write)
    {
        using (writeLock.Enter())
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return InWriteTransaction(() => write(writing), CancellationToken.None);
        }
    }

    public void Dispose()
    {
        using (writeLock.Enter())
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            writing.Dispose();
            while (idleReaders.TryTake(out var reader))
            {
                reader.Dispose();
            }

            file.DeleteIfTemporary();
        }
    }

    private DateTimeOffset Now => StoredTime.Now(options.TimeProvider);

    private static T InReadTransaction<T>(StoreConnection connection, Func<T> query)
    {
        connection.BeginRead();
        try
        {
            return query();
        }
        finally
        {
            connection.RollBack();
        }
    }

    private T WriteAlone<T>(Func<T> change, CancellationToken cancellation)
    {
        if (!writeLock.TryEnter(file.BusyTimeout, cancellation))
        {
            throw StoreFailure.Busy(file);
        }

        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            file.RequirePresence();
            ShortenLog();
            return InWriteTransaction(change, cancellation);
        }
        finally
        {
            writeLock.Exit();
        }
    }

    private T InWriteTransaction<T>(Func<T> change, CancellationToken cancellation)
    {
        writing.BeginWrite(cancellation);
        try
        {
            // What is told to stop from here on is stopped before the commit, which either happens or does not.
            var result = writing.Stoppable(change, cancellation);
            writing.Prepare("COMMIT").Run();
            return result;
        }
        catch
        {
            writing.RollBack();
            throw;
        }
    }

    /// <summary>
    /// Writes a log that has grown back to the database, and lets it begin anew. SQLite's automatism does the first half only, after a commit
    /// and without the write lock: while several processes write without pause, another is always adding to the log, and it grows for ever.
    /// This asks for the write lock once; without it, or while a reader still needs the log, it does what is possible, and the next change
    /// asks again.
    /// </summary>
    private void ShortenLog()
    {
        var log = new FileInfo(file.LogPath);
        if (log.Exists && log.Length > MaxLogLength)
        {
            writing.Prepare("PRAGMA wal_checkpoint(RESTART)").Run();
        }
    }

    private T WithReader<T>(Func<StoreConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        file.RequirePresence();
        if (!idleReaders.TryTake(out var connection))
        {
            connection = StoreConnection.Open(file);
            connection.Execute("PRAGMA query_only = ON");
        }

        try
        {
            return read(connection);
        }
        finally
        {
            idleReaders.Add(connection);
            if (isDisposed && idleReaders.TryTake(out var late))
            {
                late.Dispose();
            }
        }
    }
}
