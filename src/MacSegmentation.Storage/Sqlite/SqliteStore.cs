using System.Collections.Concurrent;
using MacSegmentation.Errors;
using MacSegmentation.Stores.Sessions;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Transactions;
using Microsoft.Data.Sqlite;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>
/// A store in a SQLite file: the one that its path leads to at each call. A file that was replaced, restored or overwritten is left, and the present one opened in its
/// place; while there is none, or one that is no store, each call says so.
/// </summary>
internal sealed class SqliteStore : ISqlStore
{
    /// <summary>Bytes of the write-ahead log from which on it is written back to the database.</summary>
    public const long MaxLogLength = 4 * 1024 * 1024;

    /// <summary>So long after the last change the log is written back, so that the file alone is the store: whoever copies it has all, and whoever puts another in its place leaves nothing behind.</summary>
    private static readonly TimeSpan SettleDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The stores of this process: SQLite shares what it knows of a file among its connections, so all must have left a file that was overwritten before it is read afresh.
    /// </summary>
    private static readonly ConcurrentDictionary<SqliteStore, StoreFile> OpenStores = new();

    private readonly StoreFile file;
    private readonly MacStoreOptions options;
    private readonly StoreSchema schema;
    private readonly WriteLock writeLock = new();
    private readonly Lock following = new();
    private readonly ConcurrentQueue<OpenedFile> left = new();
    private readonly ITimer? settling;
    private volatile OpenedFile? opened;
    private volatile bool isDisposed;

    private SqliteStore(StoreFile file, MacStoreOptions options, StoreSchema schema, OpenedFile opened)
    {
        this.file = file;
        this.options = options;
        this.schema = schema;
        this.opened = opened;
        Info = new MacStoreInfo
        {
            Provider = "SQLite",
            ProviderVersion = SQLitePCL.raw.sqlite3_libversion().utf8_to_string(),
            Path = file.Path,
            SchemaVersion = schema.Version,
            IsReadOnly = file.IsReadOnly,
        };
        OpenStores.TryAdd(this, file);
        if (!file.IsTemporary && !file.IsReadOnly)
        {
            settling = options.TimeProvider.CreateTimer(static self => ((SqliteStore)self!).Settle(), this, SettleDelay, Timeout.InfiniteTimeSpan);
        }
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
        // Those that still have a file open which is gone would share its log with the new one.
        foreach (var other in StoresAt(file.Path))
        {
            other.LookAgain();
        }

        return new SqliteStore(file, options, schema, OpenedFile.Open(file, schema, mayCreate: !options.MustExist || Path.Exists(file.Path)));
    }

    public T Read<T>(Func<IStoreReader, T> query) => ReadStoppable(query, CancellationToken.None);

    public T ReadStoppable<T>(Func<IStoreReader, T> query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);

        // What is told to stop has its transaction ended by who is not.
        return WithReader(connection => InReadTransaction(
            connection, () => connection.Stoppable(() => query(new SqlStoreReader(connection, SqlStoreReader.ReadRevision(connection), Now)), cancellation)));
    }

    public long ReadRevision() => WithReader(static connection => SqlStoreReader.ReadRevision(connection));

    public bool IsNewest(ConfigurationSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return WithReader(static (present, connection) => present.Known = StoredMark.ReadNewest(connection)) == StoredMark.Of(snapshot);
    }

    public ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null) =>
        WithReader(connection => InReadTransaction(connection, () => SnapshotReader.Read(connection, previous)));

    public T Write<T>(Func<IStoreWriter, T> change) => WriteStoppable(change, CancellationToken.None);

    public T WriteStoppable<T>(Func<IStoreWriter, T> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        return WriteAlone(
            writing =>
            {
                var writer = new SqlStoreWriter(writing, SqlStoreReader.ReadRevision(writing), Now, options.Actor);
                writing.Recording = writer.NewRevision;
                var result = change(writer);
                writer.Complete();
                return (result, writer.Mark);
            },
            cancellation);
    }

    public T Observe<T>(Func<IStoreObserver, T> observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return WriteAlone<T>(writing => (observation(new SqlStoreObserver(writing, SqlStoreReader.ReadRevision(writing), Now)), null), CancellationToken.None);
    }

    public T ReadTables<T>(Func<SqlConnection, T> read) => WithReader(connection => InReadTransaction(connection, () => read(connection)));

    public T WriteTables<T>(Func<SqlConnection, T> write)
    {
        using (writeLock.Enter())
        {
            return InWriteTransaction(Writable(), writing => (write(writing), StoredMark.ReadNewest(writing)), CancellationToken.None);
        }
    }

    public void Dispose()
    {
        OpenStores.TryRemove(this, out _);
        settling?.Dispose();
        using (writeLock.Enter())
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            CloseLeft();
            lock (following)
            {
                opened?.Close();
                opened = null;
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

    private T WriteAlone<T>(Func<StoreConnection, (T Result, StoreMark? Mark)> change, CancellationToken cancellation)
    {
        if (!writeLock.TryEnter(file.BusyTimeout, cancellation))
        {
            throw StoreFailure.Busy(file);
        }

        try
        {
            var present = Writable();
            ShortenLog(present.Writing!);
            return InWriteTransaction(present, change, cancellation);
        }
        finally
        {
            writeLock.Exit();
        }
    }

    /// <summary>The file that the path leads to, with a connection that writes.</summary>
    private OpenedFile Writable()
    {
        var present = Present();
        CloseLeft();
        return present.Writing is not null ? present : throw StoreFailure.ConnectedToRead(file.Path);
    }

    /// <summary>Runs a change in one transaction.</summary>
    /// <param name="present">The file.</param>
    /// <param name="change">Yields its result, and the mark of the revision that it made, if it made one.</param>
    /// <param name="cancellation">Stops it before its commit.</param>
    private T InWriteTransaction<T>(OpenedFile present, Func<StoreConnection, (T Result, StoreMark? Mark)> change, CancellationToken cancellation)
    {
        var writing = present.Writing!;
        writing.BeginWrite(cancellation);
        try
        {
            // What is told to stop from here on is stopped before the commit, which either happens or does not.
            var (result, mark) = writing.Stoppable(() => change(writing), cancellation);
            writing.Prepare("COMMIT").Run();
            present.Known = mark ?? present.Known;
            settling?.Change(SettleDelay, Timeout.InfiniteTimeSpan);
            return result;
        }
        catch
        {
            writing.RollBack();
            throw;
        }
        finally
        {
            writing.Recording = null;
        }
    }

    /// <summary>
    /// Writes a log that has grown back to the database, and lets it begin anew. SQLite's automatism does the first half only, after a commit
    /// and without the write lock: while several processes write without pause, another is always adding to the log, and it grows for ever.
    /// This asks for the write lock once; without it, or while a reader still needs the log, it does what is possible, and the next change
    /// asks again.
    /// </summary>
    private void ShortenLog(StoreConnection writing)
    {
        var log = new FileInfo(file.LogPath);
        if (log.Exists && log.Length > MaxLogLength)
        {
            writing.Prepare("PRAGMA wal_checkpoint(RESTART)").Run();
        }
    }

    /// <summary>Writes the log back and empties it, if nobody is in the way; else a little later. Runs on a timer's thread, where an exception would end the process.</summary>
    private void Settle()
    {
        if (!writeLock.TryEnterNow())
        {
            settling?.Change(SettleDelay, Timeout.InfiniteTimeSpan);
            return;
        }

        try
        {
            // With a file that is not the known one any more, its log has nothing to do.
            if (!isDisposed && Present().Writing is { } writing
                && new FileInfo(file.LogPath) is { Exists: true, Length: > 0 }
                && writing.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").Scalar() != 0)
            {
                settling?.Change(SettleDelay, Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception error) when (error is MacSegmentationException or SqliteException or ObjectDisposedException)
        {
            // Whoever uses the store next is told of it.
        }
        finally
        {
            writeLock.Exit();
        }
    }

    private T WithReader<T>(Func<StoreConnection, T> read) => WithReader((_, connection) => read(connection));

    private T WithReader<T>(Func<OpenedFile, StoreConnection, T> read)
    {
        var present = Present();
        var connection = present.TakeReader();
        try
        {
            return read(present, connection);
        }
        finally
        {
            present.GiveReader(connection);
        }
    }

    /// <summary>
    /// The file that the path leads to. A Unix lets SQLite go on with a file that was deleted or replaced: every change would succeed, and be gone with the process.
    /// </summary>
    private OpenedFile Present()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (FileStamp.Read(file.Path) is { } state && opened is { } now && now.IsAt(state))
        {
            return now;
        }

        lock (following)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return Follow();
        }
    }

    private OpenedFile Follow()
    {
        var state = FileStamp.Read(file.Path);
        if (opened is { } before)
        {
            if (state is { } present && (before.IsAt(present) || before.IsStillAt(present)))
            {
                return before;
            }

            LeaveAll(before, state);
        }

        return opened = state is null ? throw StoreFailure.Removed(file.Path) : OpenedFile.Open(file, schema, mayCreate: false);
    }

    /// <summary>Has all stores of this process leave a file, and takes away what it left beside the path.</summary>
    private void LeaveAll(OpenedFile before, FileStamp? state)
    {
        Leave(state);
        foreach (var other in StoresAt(file.Path))
        {
            // One that is at it itself comes to the same.
            if (other != this && other.following.TryEnter())
            {
                try
                {
                    other.Leave(state);
                }
                finally
                {
                    other.following.Exit();
                }
            }
        }

        before.RemoveCompanions();
    }

    private void Leave(FileStamp? state)
    {
        if (opened is { } before)
        {
            opened = null;
            before.Leave(state);
            left.Enqueue(before);
        }

        if (writeLock.TryEnterNow())
        {
            try
            {
                CloseLeft();
            }
            finally
            {
                writeLock.Exit();
            }
        }
    }

    /// <summary>Closes the connections that wrote to files that were left; with the write lock only.</summary>
    private void CloseLeft()
    {
        while (left.TryDequeue(out var before))
        {
            before.CloseWriting();
        }
    }

    /// <summary>Sees whether the file is still the one that the path leads to; what is wrong with it is told to whoever uses the store.</summary>
    private void LookAgain()
    {
        try
        {
            Present();
        }
        catch (Exception error) when (error is MacSegmentationException or SqliteException or ObjectDisposedException)
        {
            // See the summary.
        }
    }

    private static IEnumerable<SqliteStore> StoresAt(string path) =>
        OpenStores.Where(store => !store.Value.IsTemporary && string.Equals(store.Value.Path, path, StringComparison.Ordinal)).Select(store => store.Key);
}
