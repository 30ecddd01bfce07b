using System.Collections.Concurrent;
using MacSegmentation.Stores.Sessions;
using MacSegmentation.Stores.Sql;
using Npgsql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// A store on a PostgreSQL server, for several hosts. Writers are alone by an advisory lock of the database that each holds to its commit;
/// readers see one state and wait for nobody. What breaks on the way is tried again for a while, so that a change happens once or not at all.
/// </summary>
internal sealed class PostgresStore : ISqlStore
{
    private readonly PostgresPlace place;
    private readonly MacStoreOptions options;
    private readonly NpgsqlDataSource source;
    private readonly TimeSpan retryFor;
    private readonly WriteLock writeLock = new();
    private readonly Lock listenLock = new();
    private readonly ConcurrentBag<PostgresConnection> idle = [];
    private PostgresListener? listener;
    private EventHandler? changeNoticed;
    private volatile bool isDisposed;

    private PostgresStore(PostgresPlace place, MacStoreOptions options, NpgsqlDataSource source, TimeSpan retryFor, MacStoreInfo info)
    {
        this.place = place;
        this.options = options;
        this.source = source;
        this.retryFor = retryFor;
        Info = info;
    }

    /// <summary>Who is interested costs a connection of its own; nobody, none.</summary>
    public event EventHandler? ChangeNoticed
    {
        add
        {
            lock (listenLock)
            {
                ObjectDisposedException.ThrowIf(isDisposed, this);
                changeNoticed += value;
                listener ??= new PostgresListener(place, () => changeNoticed?.Invoke(this, EventArgs.Empty));
            }
        }

        remove
        {
            lock (listenLock)
            {
                changeNoticed -= value;
                if (changeNoticed is null)
                {
                    listener?.Dispose();
                    listener = null;
                }
            }
        }
    }

    public MacStoreInfo Info { get; }

    /// <summary>The server tells of changes; this is for what it could not tell.</summary>
    public TimeSpan PollingInterval { get; } = TimeSpan.FromSeconds(1);

    public static PostgresStore Open(PostgresPlace place, MacStoreOptions options, PostgresSchema schema, TimeSpan retryFor)
    {
        var source = place.CreateSource();
        var retry = new PostgresRetry(retryFor);
        while (true)
        {
            PostgresConnection? connection = null;
            try
            {
                connection = PostgresConnection.Open(place, source);
                schema.Prepare(place, connection, options);
                var info = new MacStoreInfo
                {
                    Provider = "PostgreSQL",
                    ProviderVersion = connection.ServerVersion,
                    Path = place.Path,
                    SchemaVersion = schema.Version,
                    IsReadOnly = options.IsReadOnly,
                };
                var store = new PostgresStore(place, options, source, retryFor, info);
                store.idle.Add(connection);
                return store;
            }
            catch (Exception error) when (PostgresFailure.IsTransient(place, error) && !PostgresFailure.IsAbsent(error) && retry.Wait())
            {
                // The server says that it is starting, or full for the moment.
                connection?.Dispose();
            }
            catch (Exception error)
            {
                connection?.Dispose();
                source.Dispose();
                if (PostgresFailure.From(place, error) is { } failure)
                {
                    throw failure;
                }

                throw;
            }
        }
    }

    public T Read<T>(Func<IStoreReader, T> query) => ReadStoppable(query, CancellationToken.None);

    public T ReadStoppable<T>(Func<IStoreReader, T> query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return WithConnection(
            retryFor, connection => connection.Stoppable(() => InReadTransaction(connection, () => query(new PostgresStoreReader(connection, Now))), cancellation), cancellation);
    }

    /// <summary>Tries once more at once, and no longer: whoever polls comes again.</summary>
    public long ReadRevision() => WithConnection(TimeSpan.FromTicks(1), static connection => SqlStoreReader.ReadRevision(connection), CancellationToken.None);

    public bool IsNewest(ConfigurationSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return WithConnection(TimeSpan.FromTicks(1), connection => StoredMark.ReadNewest(connection) == StoredMark.Of(snapshot), CancellationToken.None);
    }

    public ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null) =>
        WithConnection(TimeSpan.FromTicks(1), connection => InReadTransaction(connection, () => SnapshotReader.Read(connection, previous)), CancellationToken.None);

    public T Write<T>(Func<IStoreWriter, T> change) => WriteStoppable(change, CancellationToken.None);

    public T WriteStoppable<T>(Func<IStoreWriter, T> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Alone(() => new PostgresChange<T>(change, options, cancellation).Run(place, new PostgresRetry(retryFor), Take, Give), cancellation);
    }

    public T Observe<T>(Func<IStoreObserver, T> observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return Alone(() => WithConnection(retryFor, connection => InObservation(connection, observation), CancellationToken.None), CancellationToken.None);
    }

    public T ReadTables<T>(Func<SqlConnection, T> read) =>
        WithConnection(TimeSpan.Zero, connection => InReadTransaction(connection, () => read(connection)), CancellationToken.None);

    public T WriteTables<T>(Func<SqlConnection, T> write)
    {
        RequireWritable();
        using (writeLock.Enter())
        {
            return WithConnection(TimeSpan.Zero, connection => InTables(connection, write), CancellationToken.None);
        }
    }

    public void Dispose()
    {
        lock (listenLock)
        {
            listener?.Dispose();
            listener = null;
            changeNoticed = null;
        }

        using (writeLock.Enter())
        {
            if (!isDisposed)
            {
                isDisposed = true;
                DropIdle();
                source.Dispose();
            }
        }
    }

    private DateTimeOffset Now => StoredTime.Now(options.TimeProvider);

    private T Alone<T>(Func<T> work, CancellationToken cancellation)
    {
        RequireWritable();
        if (!writeLock.TryEnter(place.BusyTimeout, cancellation))
        {
            throw PostgresFailure.Busy(place);
        }

        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return work();
        }
        finally
        {
            writeLock.Exit();
        }
    }

    private void RequireWritable()
    {
        if (options.IsReadOnly)
        {
            throw PostgresFailure.ConnectedToRead(place);
        }
    }

    /// <summary>What was observed takes the place of what was before: it may be written twice, and is not waited for until it is durable.</summary>
    private T InObservation<T>(PostgresConnection connection, Func<IStoreObserver, T> observation)
    {
        try
        {
            connection.BeginWrite();
            var result = observation(new PostgresStoreObserver(connection, Now));
            connection.CommitUnflushed();
            return result;
        }
        catch when (connection.IsOpen)
        {
            connection.RollBack();
            throw;
        }
    }

    private static T InReadTransaction<T>(PostgresConnection connection, Func<T> query)
    {
        try
        {
            connection.BeginRead();
            return query();
        }
        finally
        {
            if (connection.IsOpen)
            {
                connection.RollBack();
            }
        }
    }

    private static T InTables<T>(PostgresConnection connection, Func<SqlConnection, T> write)
    {
        try
        {
            connection.BeginAlone();
            var result = write(connection);
            connection.Prepare(PostgresListener.Notify).Run();
            connection.Commit();
            return result;
        }
        catch when (connection.IsOpen)
        {
            connection.RollBack();
            throw;
        }
    }

    private T WithConnection<T>(TimeSpan patience, Func<PostgresConnection, T> read, CancellationToken cancellation)
    {
        var retry = new PostgresRetry(patience, cancellation);
        while (true)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            PostgresConnection? connection = null;
            try
            {
                connection = Take();
                return read(connection);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception error) when (PostgresFailure.IsPassing(place, connection, error) && retry.Wait())
            {
                connection?.Dispose();
                DropIdle();
            }
            catch (Exception error) when (PostgresFailure.From(place, connection, error) is not null)
            {
                throw PostgresFailure.From(place, connection, error)!;
            }
            finally
            {
                Give(connection);
            }
        }
    }

    private PostgresConnection Take()
    {
        while (idle.TryTake(out var connection))
        {
            if (connection.IsOpen)
            {
                return connection;
            }

            connection.Dispose();
        }

        return PostgresConnection.Open(place, source);
    }

    private void Give(PostgresConnection? connection)
    {
        if (connection is null)
        {
            return;
        }

        if (connection.IsOpen && !isDisposed)
        {
            idle.Add(connection);
            if (!isDisposed)
            {
                return;
            }

            DropIdle();
        }
        else
        {
            connection.Dispose();
        }
    }

    /// <summary>What broke one connection has mostly broken all.</summary>
    private void DropIdle()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
