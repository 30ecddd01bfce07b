using MacSegmentation.Stores.Sql;
using Npgsql;
using NpgsqlTypes;

namespace MacSegmentation.Stores.Postgres;

/// <summary>Writes rows in one stream (COPY), without an answer for each.</summary>
internal sealed class PostgresTableWriter(NpgsqlBinaryImporter import, StoreTable table) : TableWriter
{
    public override void Add(SqlStatement row)
    {
        import.StartRow();
        for (int column = 0; column < table.Columns.Count; column++)
        {
            if (row.IsNull(column))
            {
                import.WriteNull();
                continue;
            }

            switch (table.Columns[column].Kind)
            {
                case StoreColumnKind.Number:
                    import.Write(row.Number(column), NpgsqlDbType.Bigint);
                    break;
                case StoreColumnKind.Text:
                    import.Write(PostgresStatement.Storable(row.Text(column)), NpgsqlDbType.Text);
                    break;
                default:
                    import.Write(row.Bytes(column).ToArray(), NpgsqlDbType.Bytea);
                    break;
            }
        }
    }

    public override void Complete() => import.Complete();

    public override void Dispose() => import.Dispose();
}
