using System.Buffers.Binary;
using System.Net;
using System.Text;
using MacSegmentation.Addressing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>
/// A prepared statement. A command of ADO.NET looks its parameters up by name and makes a reader for each execution, which takes longer than
/// what an allocation makes SQLite do; so statements run on the connection's handle.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly StoreConnection connection;
    private readonly sqlite3_stmt handle;

    public Statement(StoreConnection connection, string sql)
    {
        this.connection = connection;
        connection.Check(raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle));
    }

    /// <summary>Gives a parameter its value.</summary>
    /// <param name="index">Place of the parameter, from 1.</param>
    /// <param name="value">The value.</param>
    public Statement Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    /// <inheritdoc cref="Bind(int, long)"/>
    public Statement Bind(int index, long? value)
    {
        connection.Check(value is { } number ? raw.sqlite3_bind_int64(handle, index, number) : raw.sqlite3_bind_null(handle, index));
        return this;
    }

    /// <inheritdoc cref="Bind(int, long)"/>
    public Statement Bind(int index, string value)
    {
        const int longestOnStack = 512;
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

    /// <inheritdoc cref="Bind(int, long)"/>
    public Statement Bind(int index, IPAddress? value)
    {
        if (value is null)
        {
            connection.Check(raw.sqlite3_bind_null(handle, index));
            return this;
        }

        Span<byte> number = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(number, IpNumber.From(value));
        connection.Check(raw.sqlite3_bind_blob(handle, index, number));
        return this;
    }

    /// <inheritdoc cref="Bind(int, long)"/>
    public Statement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    /// <summary>A column of the present row.</summary>
    /// <param name="column">Place of the column, from 0.</param>
    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    /// <inheritdoc cref="Number"/>
    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? string.Empty;

    /// <inheritdoc cref="Number"/>
    public bool Flag(int column) => Number(column) != 0;

    /// <inheritdoc cref="Number"/>
    public IPAddress IPAddress(int column) => IpNumber.ToAddress(BinaryPrimitives.ReadUInt128BigEndian(raw.sqlite3_column_blob(handle, column)));

    /// <inheritdoc cref="Number"/>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>Runs the statement to its end and leaves its rows, if any.</summary>
    public void Run()
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

    /// <summary>The first row's reading, or null if there is no row.</summary>
    public T? First<T>(Func<Statement, T> read)
        where T : class
    {
        try
        {
            return Step() ? read(this) : null;
        }
        finally
        {
            raw.sqlite3_reset(handle);
        }
    }

    /// <inheritdoc cref="First"/>
    public T? FirstValue<T>(Func<Statement, T> read)
        where T : struct
    {
        try
        {
            return Step() ? read(this) : null;
        }
        finally
        {
            raw.sqlite3_reset(handle);
        }
    }

    /// <summary>The first column of the one row that the statement yields.</summary>
    public long Scalar() => FirstValue(static row => row.Number(0)) ?? 0;

    /// <summary>All rows' readings.</summary>
    public List<T> All<T>(Func<Statement, T> read)
    {
        var rows = new List<T>();
        ForEach(row => rows.Add(read(row)));
        return rows;
    }

    /// <summary>Visits each row.</summary>
    public void ForEach(Action<Statement> visit)
    {
        try
        {
            while (Step())
            {
                visit(this);
            }
        }
        finally
        {
            raw.sqlite3_reset(handle);
        }
    }

    public void Dispose() => handle.Dispose();

    /// <summary>True on a row; at the end or on an error the statement is reset, so that it holds no lock.</summary>
    private bool Step()
    {
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
}
