using System.Data;
using System.Globalization;
using MacSegmentation.Errors;
using MacSegmentation.Stores.Sql;
using Npgsql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// A connection to a server. Statements that are not asked for anything wait in a queue and are sent with the next one that is, or with the
/// commit, in one message; a change costs as many round trips as it has questions, and one for its end. Its beginning goes with the first
/// question: between the moment that it gets the lock and that question's answer lies no way of a message.
/// </summary>
internal sealed partial class PostgresConnection : SqlConnection
{
    /// <summary>
    /// Writes a record of no meaning to the write-ahead log and commits it, which flushes all of the log before it: a commit that was not waited
    /// for is durable when this has run, and several that wait at once share one flush.
    /// </summary>
    private const string Flush = "SELECT pg_logical_emit_message(true, 'macsegmentation', '')";

    private const string BeginToRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private const string BeginToWrite = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

    /// <summary>
    /// The lock of all who write ("MACS"), for this database. It is taken by a statement of its own, so that the next one sees what the last
    /// holder has committed.
    /// </summary>
    private const string Lock = "SELECT set_config('lock_timeout', ?, true), pg_advisory_xact_lock(1296122707)";

    private const string LockForQuickCommit =
        "SELECT set_config('lock_timeout', ?, true), set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(1296122707)";

    private readonly NpgsqlConnection connection;
    private readonly string lockTimeout;
    private NpgsqlBatch queue;
    private volatile NpgsqlBatch? executing;
    private int queuedResults;
    private int? placeOfRevision;
    private bool isBeginQueued;
    private long? revision;
    private PostgresStatement? reading;
    private bool mayFlush;
    private bool commitsQuickly;
    private CancellationToken stopping;

    private PostgresConnection(PostgresPlace place, NpgsqlConnection connection)
    {
        this.connection = connection;
        queue = connection.CreateBatch();

        // 0 would be no limit.
        lockTimeout = Math.Clamp((long)place.BusyTimeout.TotalMilliseconds, 1, int.MaxValue).ToString(CultureInfo.InvariantCulture) + "ms";
    }

    /// <summary>False once the server or the network has ended it.</summary>
    public bool IsOpen => connection.FullState.HasFlag(ConnectionState.Open) && !connection.FullState.HasFlag(ConnectionState.Broken);

    /// <summary>The server's version, such as <c>15.8</c>.</summary>
    public string ServerVersion => connection.PostgreSqlVersion.ToString();

    /// <summary>True if the transaction has changed something.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>True if the transaction has changed what enforcers are made of.</summary>
    public bool HasChangedConfiguration { get; private set; }

    /// <summary>The revision that the transaction stands on. Begins it, if no question has done so yet.</summary>
    public long Revision
    {
        get
        {
            if (revision is null)
            {
                Send();
            }

            return revision!.Value;
        }
    }

    /// <summary>Connects, and makes sure that the server can hold a store.</summary>
    /// <exception cref="NpgsqlException">What the server or the network says.</exception>
    /// <exception cref="MacSegmentationException">StoreServerTooOld, StoreEncodingUnsupported.</exception>
    public static PostgresConnection Open(PostgresPlace place, NpgsqlDataSource source)
    {
        var opened = new PostgresConnection(place, source.CreateConnection());
        try
        {
            opened.connection.Open();
            opened.SetUp(place);
            return opened;
        }
        catch (Exception error) when (error is not (NpgsqlException or MacSegmentationException) && !opened.IsOpen)
        {
            opened.Dispose();
            throw new NpgsqlException("The connection broke as soon as it was made.", error);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction that sees one state of the store.</summary>
    public void BeginRead()
    {
        isBeginQueued = true;
        Prepare(BeginToRead).Run();
        AskForRevision("SELECT max(revision) FROM change");
    }

    /// <summary>Begins a transaction alone among all who write. Its commit lets others go on before it is durable.</summary>
    public void BeginWrite()
    {
        BeginAlone(mayFlush);
        AskForRevision("SELECT max(revision), set_config('macseg.revision', CAST(coalesce(max(revision), 0) + 1 AS text), true) FROM change");
    }

    /// <summary>Begins a transaction alone among all who write, in a database that may not have the tables yet. Its commit is a plain one.</summary>
    public void BeginAlone() => BeginAlone(isQuick: false);

    /// <summary>Commits, and returns when that is durable. Other writers go on while this one waits for the disk.</summary>
    public void Commit()
    {
        Prepare("COMMIT").Run();
        if (HasWritten && commitsQuickly)
        {
            Prepare(Flush).Run();
        }

        Send();
    }

    /// <summary>Commits, and does not wait until that is durable, unless the server does by itself.</summary>
    public void CommitUnflushed()
    {
        Prepare("COMMIT").Run();
        Send();
    }

    /// <summary>Does something until it is told to stop; what the server is doing then ends.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public T Stoppable<T>(Func<T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        stopping = cancellation;
        try
        {
            using (cancellation.UnsafeRegister(static connection => ((PostgresConnection)connection!).CancelBeside(), this))
            {
                var result = work();
                cancellation.ThrowIfCancellationRequested();
                return result;
            }
        }
        catch (Exception error) when (cancellation.IsCancellationRequested && error is NpgsqlException or OperationCanceledException)
        {
            // The request to the server may be on its way still, and must meet nothing else. What the connection leaves, the server rolls back.
            Dispose();
            throw new OperationCanceledException("The store was told to stop.", error, cancellation);
        }
        finally
        {
            stopping = CancellationToken.None;
        }
    }

    /// <summary>Asks the server to end what it is doing, on another thread: the way there may be long, and whoever says stop waits for nothing.</summary>
    private void CancelBeside() => ThreadPool.UnsafeQueueUserWorkItem(
        static connection =>
        {
            try
            {
                connection.executing?.Cancel();
            }
#pragma warning disable CA1031, RCS1075 // On a thread of the pool an exception would end the process; what cannot be asked to end ends with its connection.
            catch (Exception)
#pragma warning restore CA1031, RCS1075
            {
            }
        },
        this,
        preferLocal: false);

    /// <summary>
    /// True if an error is that of the wait for the disk: the commit before it has succeeded. That the error names its statement is a setting of the
    /// connection (<see cref="PostgresPlace"/>).
    /// </summary>
    public static bool IsOfFlush(NpgsqlException error) => string.Equals(error.BatchCommand?.CommandText, Flush, StringComparison.Ordinal);

    /// <summary>Ends a transaction without a trace.</summary>
    public void RollBack()
    {
        bool hasBegun = !isBeginQueued;
        TakeQueue();
        if (!hasBegun)
        {
            return;
        }

        reading?.Abandon();
        reading = null;
        Prepare("ROLLBACK").Run();
        Send();
    }

    /// <summary>Sends what is queued and waits for it.</summary>
    public void Send()
    {
        if (placeOfRevision is not null)
        {
            ReadQueued(results: queuedResults - 1).Dispose();
        }
        else if (queue.BatchCommands.Count > 0)
        {
            TakeQueue().ExecuteNonQuery();
        }
    }

    /// <summary>Runs statements that are not worth keeping.</summary>
    public void Execute(string sql)
    {
        foreach (string single in sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The schema's own text.
            command.CommandText = single;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Keeps a statement for the next message.</summary>
    public void Enqueue(NpgsqlBatchCommand command, bool yieldsRows, PostgresEffect effect)
    {
        queue.BatchCommands.Add(command);
        queuedResults += yieldsRows ? 1 : 0;
        Note(effect);
    }

    /// <summary>Sends what is queued and a statement whose rows are wanted.</summary>
    public NpgsqlDataReader Read(PostgresStatement statement, NpgsqlBatchCommand command, PostgresEffect effect)
    {
        // A connection gives one answer at a time: who is still reading takes the rest of his to himself.
        reading?.TakeRest();
        reading = statement;
        queue.BatchCommands.Add(command);
        Note(effect);
        try
        {
            return ReadQueued(queuedResults);
        }
        catch
        {
            reading = null;
            throw;
        }
    }

    /// <summary>Says that a statement has read what it wanted.</summary>
    public void EndReading(PostgresStatement statement)
    {
        if (reading == statement)
        {
            reading = null;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        try
        {
            connection.Dispose();
        }
#pragma warning disable CA1031, RCS1075 // It was broken, and is gone all the same.
        catch (Exception)
#pragma warning restore CA1031, RCS1075
        {
        }
    }

    protected override SqlStatement Create(string sql) => new PostgresStatement(this, sql);

    private void BeginAlone(bool isQuick)
    {
        HasWritten = false;
        HasChangedConfiguration = false;
        isBeginQueued = true;
        commitsQuickly = isQuick;
        Prepare(BeginToWrite).Run();
        (isQuick ? Prepare(LockForQuickCommit) : Prepare(Lock)).Bind(1, lockTimeout).Run();
    }

    private void Note(PostgresEffect effect)
    {
        HasWritten |= effect != PostgresEffect.None;
        HasChangedConfiguration |= effect == PostgresEffect.Configuration;
    }

    /// <summary>Begins another message. The answer to the last one still refers to its statements while it is read.</summary>
    private NpgsqlBatch TakeQueue()
    {
        var taken = queue;
        queue = connection.CreateBatch();
        queuedResults = 0;
        placeOfRevision = null;
        isBeginQueued = false;
        executing = taken;
        return taken;
    }

    /// <summary>Sends what is queued and goes on to the rows of the result after so many others.</summary>
    private NpgsqlDataReader ReadQueued(int results)
    {
        int? place = placeOfRevision;

        // The request to the server reaches only what is running there.
        stopping.ThrowIfCancellationRequested();
        var reader = TakeQueue().ExecuteReader();
        try
        {
            for (int result = 0; result <= results; result++)
            {
                if (result == place)
                {
                    reader.Read();
                    revision = reader.IsDBNull(0) ? 0 : reader.GetInt64(0);
                }

                if (result < results)
                {
                    reader.NextResult();
                }
            }

            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Has the revision come with the next answer. Who makes another tells the triggers that record rows which (<see cref="PostgresRecorder"/>).</summary>
    private void AskForRevision(string question)
    {
        revision = null;
        placeOfRevision = queuedResults;
        Prepare(question).Run();
    }

    private void SetUp(PostgresPlace place)
    {
        if (connection.PostgreSqlVersion.Major < PostgresFailure.OldestServer)
        {
            throw PostgresFailure.ServerTooOld(place, connection.PostgreSqlVersion);
        }

        // The store's queries are written for its indexes, as SQLite uses them; a plan that was made while a table was empty must not be
        // another. A client that is gone must not keep the lock: the server asks it for signs of life.
        var settings = Prepare(
            """
            SELECT current_setting('server_encoding'), current_setting('synchronous_commit'), current_setting('transaction_read_only'),
                (SELECT count(*) FROM pg_proc WHERE proname = 'pg_logical_emit_message' AND has_function_privilege(oid, 'EXECUTE')),
                set_config('plan_cache_mode', 'force_generic_plan', false), set_config('enable_seqscan', 'off', false), set_config('jit', 'off', false),
                set_config('tcp_keepalives_idle', '15', false), set_config('tcp_keepalives_interval', '5', false),
                set_config('tcp_keepalives_count', '3', false)
            """);
        var (encoding, synchronousCommit, readOnly, flushes) = settings.FirstValue(row => (row.Text(0), row.Text(1), row.Text(2), row.Number(3)))!.Value;
        if (!string.Equals(encoding, "UTF8", StringComparison.Ordinal))
        {
            throw PostgresFailure.Encoding(place, encoding);
        }

        if (string.Equals(readOnly, "on", StringComparison.Ordinal))
        {
            throw PostgresFailure.ReadOnly(place);
        }

        // Where the server does not wait for the disk by itself, somebody chose that.
        mayFlush = flushes > 0 && !string.Equals(synchronousCommit, "off", StringComparison.Ordinal);
    }
}
