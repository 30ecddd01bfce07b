using System.Globalization;
using System.Text;
using MacSegmentation.Stores.Sql;
using Npgsql;
using NpgsqlTypes;

namespace MacSegmentation.Stores.Postgres;

/// <summary>A statement with its parameters. The server prepares it when it is used often.</summary>
internal sealed class PostgresStatement : SqlStatement
{
    private readonly PostgresConnection connection;
    private readonly string text;
    private readonly bool yieldsRows;
    private readonly PostgresEffect effect;
    private readonly List<NpgsqlParameter> parameters = [];
    private bool areSent;
    private NpgsqlDataReader? reader;
    private Queue<object[]>? rest;
    private object[]? row;

    public PostgresStatement(PostgresConnection connection, string sql)
    {
        this.connection = connection;
        text = PostgresDialect.TranslateStatement(sql);
        bool isQuery = sql.StartsWith("SELECT", StringComparison.Ordinal);
        yieldsRows = isQuery || sql.Contains("RETURNING", StringComparison.Ordinal);
        effect = PostgresDialect.EffectOf(sql);
    }

    public override SqlStatement Bind(int index, long value) =>
        Bind(index, new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = value });

    public override SqlStatement Bind(int index, long? value) => value is { } number ? Bind(index, number) : BindNothing(index, NpgsqlDbType.Bigint);

    public override SqlStatement Bind(int index, string? value) => value is null
        ? BindNothing(index, NpgsqlDbType.Text)
        : Bind(index, new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = Storable(value) });

    public override SqlStatement Bind(int index, ReadOnlySpan<byte> value) =>
        Bind(index, new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Bytea, TypedValue = value.ToArray() });

    public override long Number(int column) => row is not null
        ? row[column] is DBNull ? 0 : Convert.ToInt64(row[column], CultureInfo.InvariantCulture)
        : reader!.IsDBNull(column) ? 0 : reader.GetInt64(column);

    public override string Text(int column) => row is not null
        ? row[column] as string ?? string.Empty
        : reader!.IsDBNull(column) ? string.Empty : reader.GetString(column);

    public override ReadOnlySpan<byte> Bytes(int column) => row is not null
        ? row[column] as byte[]
        : reader!.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);

    public override bool IsNull(int column) => row is not null ? row[column] is DBNull : reader!.IsDBNull(column);

    public override void Run() => connection.Enqueue(ToCommand(), yieldsRows, effect);

    /// <summary>Reads all rows that are left, so that the connection can be used for another statement.</summary>
    public void TakeRest()
    {
        if (reader is null)
        {
            return;
        }

        // The present row stays the present one.
        row = Values();
        rest = new Queue<object[]>();
        while (reader.Read())
        {
            rest.Enqueue(Values());
        }

        reader.Dispose();
        reader = null;
    }

    /// <summary>Leaves the rows where they are: the transaction is to end.</summary>
    public void Abandon() => Reset();

    public override void Dispose() => Reset();

    protected override bool Step()
    {
        if (rest is not null)
        {
            return rest.TryDequeue(out row);
        }

        reader ??= connection.Read(this, ToCommand(), effect);
        return reader.Read();
    }

    protected override void Reset()
    {
        var ended = reader;
        reader = null;
        rest = null;
        row = null;
        connection.EndReading(this);
        ended?.Dispose();
    }

    protected override SqlStatement BindNoBytes(int index) => BindNothing(index, NpgsqlDbType.Bytea);

    private PostgresStatement BindNothing(int index, NpgsqlDbType type) =>
        Bind(index, new NpgsqlParameter { NpgsqlDbType = type, Value = DBNull.Value });

    private PostgresStatement Bind(int index, NpgsqlParameter parameter)
    {
        // A parameter that was sent belongs to its message; all are bound anew for another.
        if (areSent)
        {
            parameters.Clear();
            areSent = false;
        }

        while (parameters.Count < index)
        {
            parameters.Add(parameter);
        }

        parameters[index - 1] = parameter;
        return this;
    }

    private NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(areSent ? parameter.Clone() : parameter);
        }

        areSent = true;
        return command;
    }

    private object[] Values()
    {
        object[] values = new object[reader!.FieldCount];
        reader.GetValues(values);
        return values;
    }

    /// <summary>
    /// A text as the server can hold it. It has no place for U+0000, and no encoding for half of a surrogate pair; SQLite's files get the
    /// replacement character for the latter too.
    /// </summary>
    public static string Storable(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\ufffd') : text;
    }
}
