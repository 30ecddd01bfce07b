using System.Text;
using MacSegmentation.Stores.Sql;
using SQLitePCL;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>
/// A prepared statement. A command of ADO.NET looks its parameters up by name and makes a reader for each execution, which takes longer than
/// what an allocation makes SQLite do; so statements run on the connection's handle.
/// </summary>
internal sealed class SqliteStatement : SqlStatement
{
    private readonly StoreConnection connection;
    private readonly sqlite3_stmt handle;

    public SqliteStatement(StoreConnection connection, string sql)
    {
        this.connection = connection;
        connection.Check(raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle));
    }

    public override SqlStatement Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public override SqlStatement Bind(int index, long? value) => value is { } number ? Bind(index, number) : BindNoBytes(index);

    public override SqlStatement Bind(int index, string? value)
    {
        const int longestOnStack = 512;
        if (value is null)
        {
            return BindNoBytes(index);
        }

        int length = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (length > longestOnStack || value.Length == 0)
        {
            // An empty span has no address, and SQLite would take it for NULL.
            connection.Check(raw.sqlite3_bind_text(handle, index, value));
            return this;
        }

        Span<byte> buffer = stackalloc byte[longestOnStack];
        length = Encoding.UTF8.GetBytes(value, buffer);
        connection.Check(raw.sqlite3_bind_text(handle, index, buffer[..length]));
        return this;
    }

    public override SqlStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        connection.Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    public override long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public override string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? string.Empty;

    public override ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public override bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public override void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Runs the statement once; false if another connection has the lock that it needs.</summary>
    public bool TryRun()
    {
        int code = raw.sqlite3_step(handle);
        raw.sqlite3_reset(handle);
        if (code is raw.SQLITE_DONE or raw.SQLITE_ROW)
        {
            return true;
        }

        if ((code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return false;
        }

        connection.Check(code);
        return true;
    }

    public override void Dispose() => handle.Dispose();

    /// <summary>True on a row; at the end or on an error the statement is reset, so that it holds no lock.</summary>
    protected override bool Step()
    {
        connection.ThrowIfStopped();
        int code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        raw.sqlite3_reset(handle);
        if (code != raw.SQLITE_DONE)
        {
            connection.Check(code);
        }

        return false;
    }

    protected override void Reset() => raw.sqlite3_reset(handle);

    protected override SqlStatement BindNoBytes(int index)
    {
        connection.Check(raw.sqlite3_bind_null(handle, index));
        return this;
    }
}
