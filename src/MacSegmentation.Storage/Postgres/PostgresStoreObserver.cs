using MacSegmentation.Stores.Sessions;

namespace MacSegmentation.Stores.Postgres;

/// <summary>What a transaction writes down that was observed, which begins with its first question.</summary>
internal sealed class PostgresStoreObserver(PostgresConnection connection, DateTimeOffset now) : SqlStoreObserver(connection, revision: 0, now)
{
    public override long Revision => connection.Revision;
}
