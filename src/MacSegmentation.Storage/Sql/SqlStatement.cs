using System.Buffers.Binary;
using System.Net;
using MacSegmentation.Addressing;

namespace MacSegmentation.Stores.Sql;

/// <summary>
/// A prepared statement, the same for every kind of database: its parameters are bound, then it is run or its rows are read. A row is read
/// through the statement itself. While the rows of one are visited, others may run, but not the same once more.
/// </summary>
internal abstract class SqlStatement : IDisposable
{
    /// <summary>Gives a parameter its value.</summary>
    /// <param name="index">Place of the parameter, from 1.</param>
    /// <param name="value">The value.</param>
    public abstract SqlStatement Bind(int index, long value);

    /// <inheritdoc cref="Bind(int, long)"/>
    public abstract SqlStatement Bind(int index, long? value);

    /// <inheritdoc cref="Bind(int, long)"/>
    public abstract SqlStatement Bind(int index, string? value);

    /// <inheritdoc cref="Bind(int, long)"/>
    public abstract SqlStatement Bind(int index, ReadOnlySpan<byte> value);

    /// <inheritdoc cref="Bind(int, long)"/>
    public SqlStatement Bind(int index, IPAddress? value)
    {
        if (value is null)
        {
            return BindNoBytes(index);
        }

        Span<byte> number = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(number, IpNumber.From(value));
        return Bind(index, number);
    }

    /// <inheritdoc cref="Bind(int, long)"/>
    public SqlStatement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    /// <inheritdoc cref="Bind(int, long)"/>
    public SqlStatement Bind(int index, MacAddress value) => Bind(index, (long)value.Value);

    /// <summary>A column of the present row; 0 for NULL.</summary>
    /// <param name="column">Place of the column, from 0.</param>
    public abstract long Number(int column);

    /// <summary>A column of the present row; empty for NULL.</summary>
    /// <param name="column">Place of the column, from 0.</param>
    public abstract string Text(int column);

    /// <summary>A column of the present row; empty for NULL. Valid until the next row.</summary>
    /// <param name="column">Place of the column, from 0.</param>
    public abstract ReadOnlySpan<byte> Bytes(int column);

    /// <inheritdoc cref="Number"/>
    public abstract bool IsNull(int column);

    /// <inheritdoc cref="Number"/>
    public bool Flag(int column) => Number(column) != 0;

    /// <inheritdoc cref="Number"/>
    public MacAddress MacAddress(int column) => new((ulong)Number(column));

    /// <summary>Two columns of the present row: first and last address.</summary>
    /// <param name="column">Place of the first of them, from 0.</param>
    public MacRange MacRange(int column) => new(MacAddress(column), MacAddress(column + 1));

    /// <inheritdoc cref="Number"/>
    public IPAddress IPAddress(int column) => IpNumber.ToAddress(BinaryPrimitives.ReadUInt128BigEndian(Bytes(column)));

    /// <summary>
    /// Runs the statement to its end and leaves its rows, if any. A database that is far away may keep it for later: it has run before the next
    /// statement that is asked for something, and before the transaction commits.
    /// </summary>
    public abstract void Run();

    /// <summary>The first row's reading, or null if there is no row.</summary>
    public T? First<T>(Func<SqlStatement, T> read)
        where T : class
    {
        try
        {
            return Step() ? read(this) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <inheritdoc cref="First"/>
    public T? FirstValue<T>(Func<SqlStatement, T> read)
        where T : struct
    {
        try
        {
            return Step() ? read(this) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first column of the one row that the statement yields.</summary>
    public long Scalar() => FirstValue(static row => row.Number(0)) ?? 0;

    /// <summary>All rows' readings.</summary>
    public List<T> All<T>(Func<SqlStatement, T> read)
    {
        var rows = new List<T>();
        ForEach(row => rows.Add(read(row)));
        return rows;
    }

    /// <summary>Visits each row.</summary>
    public void ForEach(Action<SqlStatement> visit)
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
            Reset();
        }
    }

    public abstract void Dispose();

    /// <summary>Goes to the next row, to the first by running the statement; false if there is none.</summary>
    protected abstract bool Step();

    /// <summary>Ends the reading of rows, so that the statement can be bound and run again.</summary>
    protected abstract void Reset();

    /// <summary>Binds NULL where bytes are expected.</summary>
    protected abstract SqlStatement BindNoBytes(int index);
}
