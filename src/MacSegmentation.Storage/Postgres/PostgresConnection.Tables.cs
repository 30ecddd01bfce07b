using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Sqlite;

namespace MacSegmentation.Stores.Postgres;

/// <content>Whole tables, for copies.</content>
internal sealed partial class PostgresConnection
{
    public override IReadOnlyList<StoreTable> Tables => StoreCatalog.Tables;

    public override TableWriter WriteTable(StoreTable table)
    {
        Send();
        HasWritten = true;
        return new PostgresTableWriter(
            connection.BeginBinaryImport($"COPY {StoreTable.Quoted(table.Name)} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)"), table);
    }

    public override long ReadLastId(StoreTable table)
    {
        using var last = PrepareOnce($"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {Sequence(table)}");
        return last.Scalar();
    }

    public override void SetLastId(StoreTable table, long id) =>
        Prepare("SELECT setval(CAST(? AS regclass), ?, false)").Bind(1, Sequence(table)).Bind(2, id + 1).Run();

    /// <summary>What gives a table's ids; its name is longer than others, and may be cut.</summary>
    private string Sequence(StoreTable table) => Prepare("SELECT pg_get_serial_sequence(?, ?)")
        .Bind(1, $"{PostgresPlace.Schema}.{StoreTable.Quoted(table.Name)}")
        .Bind(2, table.GivenId)
        .First(static row => row.Text(0))!;
}
