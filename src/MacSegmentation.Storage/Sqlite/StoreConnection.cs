using System.Diagnostics;
using MacSegmentation.Stores.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>A connection to the store's file.</summary>
internal sealed class StoreConnection : SqlConnection
{
    private readonly SqliteConnection connection;
    private CancellationToken stopping;

    private StoreConnection(StoreFile file, SqliteConnection connection)
    {
        File = file;
        this.connection = connection;
    }

    public StoreFile File { get; }

    /// <summary>Tells readers of the file's present state from those that were opened before it changed.</summary>
    public int Generation { get; set; }

    /// <summary>The revision that is being made, for which rows are recorded; null for none.</summary>
    public long? Recording { get; set; }

    public override IReadOnlyList<StoreTable> Tables => StoreCatalog.Tables;

    public sqlite3 Handle => connection.Handle!;

    /// <summary>True while a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Opens the file. SQLite waits for locks as long as the busy timeout.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mayCreate">True to create it if it does not exist.</param>
    public static StoreConnection Open(StoreFile file, bool mayCreate = true) => Open(file, file.Path, mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite);

    /// <summary>Opens the file for one who changes nothing in it. It must exist.</summary>
    /// <param name="file">The file.</param>
    public static StoreConnection OpenReader(StoreFile file)
    {
        var reader = file.IsReadOnly ? OpenWithReadRight(file) : Open(file, file.Path, SqliteOpenMode.ReadWrite);
        reader.Execute("PRAGMA query_only = ON");
        return reader;
    }

    /// <summary>
    /// Whoever only reads a file shares the log and the index of those that write. Where there is no log nobody writes the file now, and it is read as it stands
    /// (sqlite.org/wal.html, section 5): a log that a reader made would be his, and keep its owner from writing.
    /// </summary>
    private static StoreConnection OpenWithReadRight(StoreFile file) => Path.Exists(file.LogPath)
        ? Open(file, file.Path, SqliteOpenMode.ReadOnly)
        : Open(file, $"{new Uri(file.Path).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly);

    private static StoreConnection Open(StoreFile file, string source, SqliteOpenMode mode)
    {
        // A pool would keep the file open after the store was disposed.
        var settings = new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false };
        var opened = new StoreConnection(file, new SqliteConnection(settings.ToString()));
        try
        {
            opened.OpenHandle();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that are not worth keeping.</summary>
    public void Execute(string sql)
    {
        foreach (string single in sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var statement = new SqliteStatement(this, single);
            statement.Run();
        }
    }

    /// <summary>Has each change of a row written down while a revision is being made.</summary>
    public void RecordChanges()
    {
        connection.CreateFunction(RecordTriggers.RevisionFunction, () => Recording);
        foreach (string trigger in RecordTriggers.Statements)
        {
            using var statement = new SqliteStatement(this, trigger);
            statement.Run();
        }
    }

    /// <summary>An empty store of the present version, in memory.</summary>
    public static StoreConnection OpenTemplate()
    {
        SQLitePCL.Batteries_V2.Init();
        var template = Open(new StoreFile(":memory:", TimeSpan.Zero));
        try
        {
            StoreSchema.Current.Create(template);
            return template;
        }
        catch
        {
            template.Dispose();
            throw;
        }
    }

    /// <summary>How long SQLite itself waits for a lock.</summary>
    public void SetWait(TimeSpan wait) => Check(raw.sqlite3_busy_timeout(Handle, (int)Math.Min(wait.TotalMilliseconds, int.MaxValue)));

    /// <summary>Begins a transaction that sees one state of the store, from its first query on.</summary>
    public void BeginRead() => Prepare("BEGIN").Run();

    /// <summary>Begins a transaction with the write lock, which it waits for as long as the busy timeout.</summary>
    /// <remarks>
    /// SQLite's own wait looks at the lock every 100 ms in the end, and a writer without pauses has taken it again by then. All writers look
    /// every millisecond instead, newcomers as seldom as those that have waited long, so that each gets its share.
    /// </remarks>
    /// <exception cref="Errors.MacSegmentationException">StoreBusy, and what else SQLite may say.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public void BeginWrite(CancellationToken cancellation = default) => WaitFor((SqliteStatement)Prepare("BEGIN IMMEDIATE"), cancellation);

    /// <summary>Ends what was told to stop, before the next statement: an interrupt reaches only one that is running.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public void ThrowIfStopped() => stopping.ThrowIfCancellationRequested();

    /// <summary>Does something until it is told to stop; a statement that is running then ends.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public T Stoppable<T>(Func<T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        stopping = cancellation;
        try
        {
            using (cancellation.UnsafeRegister(static connection => raw.sqlite3_interrupt(((StoreConnection)connection!).Handle), this))
            {
                var result = work();
                cancellation.ThrowIfCancellationRequested();
                return result;
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The store was told to stop.", error, cancellation);
        }
        finally
        {
            // What rolls it back runs to its end.
            stopping = CancellationToken.None;
        }
    }

    /// <summary>Runs a statement until no other connection is in its way.</summary>
    /// <exception cref="Errors.MacSegmentationException">StoreBusy: one was for the whole busy timeout.</exception>
    public void WaitFor(SqliteStatement statement, CancellationToken cancellation = default)
    {
        long start = Stopwatch.GetTimestamp();
        while (!statement.TryRun())
        {
            cancellation.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(start) >= File.BusyTimeout)
            {
                throw StoreFailure.Busy(File);
            }

#pragma warning disable RS0030 // Nobody tells when the lock is free, and the wait ends with the busy timeout.
            Thread.Sleep(1);
#pragma warning restore RS0030
        }
    }

    /// <summary>Ends a transaction without a trace. SQLite may have ended it already after a severe error.</summary>
    public void RollBack()
    {
        if (InTransaction)
        {
            Prepare("ROLLBACK").Run();
        }
    }

    /// <summary>Has closing not write the log back: the file is not the one any more that the log was written for.</summary>
    public void KeepFromCheckpoint() => Check(raw.sqlite3_db_config(Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _));

    /// <summary>Throws unless the code is that of success.</summary>
    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            try
            {
                SqliteException.ThrowExceptionForRC(code, Handle);
            }
            catch (SqliteException error)
            {
                var failure = StoreFailure.From(File, error);
                if (ReferenceEquals(failure, error))
                {
                    throw;
                }

                throw failure;
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        connection.Dispose();
    }

    public override TableWriter WriteTable(StoreTable table) => new SqliteTableWriter(this, table);

    /// <summary>For a table with AUTOINCREMENT it is kept; any other goes on after its last row.</summary>
    public override long ReadLastId(StoreTable table)
    {
        using var highest = PrepareOnce($"SELECT max({StoreTable.Quoted(table.GivenId!)}) FROM {StoreTable.Quoted(table.Name)}");
        return Math.Max(highest.Scalar(), Prepare("SELECT seq FROM sqlite_sequence WHERE name = ?").Bind(1, table.Name).Scalar());
    }

    public override void SetLastId(StoreTable table, long id)
    {
        if (Prepare("SELECT count(*) FROM sqlite_master WHERE name = ? AND sql LIKE '%AUTOINCREMENT%'").Bind(1, table.Name).Scalar() > 0)
        {
            Prepare("DELETE FROM sqlite_sequence WHERE name = ?").Bind(1, table.Name).Run();
            Prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").Bind(1, table.Name).Bind(2, id).Run();
        }
    }

    protected override SqlStatement Create(string sql) => new SqliteStatement(this, sql);

    private void OpenHandle()
    {
        try
        {
            connection.Open();
        }
        catch (SqliteException error)
        {
            throw StoreFailure.From(File, error);
        }

        // Without the right to write, SQLite opens a file for reading and says so only at the first change.
        if (!File.IsReadOnly && raw.sqlite3_db_readonly(Handle, "main") == 1)
        {
            throw StoreFailure.ReadOnly(File.Path, "this user may only read the file");
        }

        Check(raw.sqlite3_extended_result_codes(Handle, 1));
        SetWait(File.BusyTimeout);
    }
}
