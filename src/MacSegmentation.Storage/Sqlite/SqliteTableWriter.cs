using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>Writes rows by one prepared statement.</summary>
internal sealed class SqliteTableWriter(SqlConnection connection, StoreTable table) : TableWriter
{
    private readonly SqlStatement insert = connection.PrepareOnce(table.Insert);

    public override void Add(SqlStatement row)
    {
        for (int column = 0; column < table.Columns.Count; column++)
        {
            switch (table.Columns[column].Kind)
            {
                case StoreColumnKind.Number:
                    insert.Bind(column + 1, row.IsNull(column) ? null : row.Number(column));
                    break;
                case StoreColumnKind.Text:
                    insert.Bind(column + 1, row.IsNull(column) ? null : row.Text(column));
                    break;
                case StoreColumnKind.Bytes when row.IsNull(column):
                    insert.Bind(column + 1, (string?)null);
                    break;
                default:
                    insert.Bind(column + 1, row.Bytes(column));
                    break;
            }
        }

        insert.Run();
    }

    public override void Complete()
    {
    }

    public override void Dispose() => insert.Dispose();
}
