using MacSegmentation.Stores.Sessions;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>The questions of a read transaction, which begins with the first of them.</summary>
internal sealed class PostgresStoreReader(PostgresConnection connection, DateTimeOffset now) : SqlStoreReader(connection, revision: 0, now)
{
    public override long Revision => connection.Revision;
}
