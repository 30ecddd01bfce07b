using MacSegmentation.Auditing;
using MacSegmentation.Stores.Sessions;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// Records with each change a token by which it is known after the connection broke, and tells all who listen of a change to what enforcers are
/// made of. The notice goes out with the commit. An allocation is none: notices of thousands a second would cost the server a tenth.
/// </summary>
internal sealed class PostgresStoreWriter(PostgresConnection connection, TimeProvider clock, AuditActor actor, byte[] token)
    : SqlStoreWriter(connection, revision: 0, now: default, actor, token)
{
    private DateTimeOffset? now;

    /// <summary>The time, when the lock was had: changes are as old as their revisions are.</summary>
    public override DateTimeOffset Now
    {
        get
        {
            if (now is null)
            {
                _ = Revision;
                now = StoredTime.Now(clock);
            }

            return now.Value;
        }
    }

    public override long Revision => connection.Revision;

    /// <summary>What is left to do before the transaction commits, if it has written.</summary>
    public void CompleteChange()
    {
        Complete();
        if (connection.HasChangedConfiguration)
        {
            Connection.Prepare(PostgresListener.Notify).Run();
        }

        if (!HasAudit)
        {
            // It made no revision to find it by. Such tokens are of use for a minute, and kept for a day.
            InsertToken(Connection, Token, Now);
            Connection.Prepare("DELETE FROM write_token WHERE written_at < ?")
                .Bind(1, StoredTime.From(Now - TimeSpan.FromDays(1)))
                .Run();
        }
    }

    /// <summary>True if the change with the token and the revision before it is in the store.</summary>
    public static bool IsThere(SqlConnection onConnection, long before, byte[] token) => onConnection
        .Prepare(
            """
            SELECT (SELECT count(*) FROM change WHERE revision = ? AND token = ?) + (SELECT count(*) FROM write_token WHERE token = ?)
            """)
        .Bind(1, before + 1)
        .Bind(2, token)
        .Bind(3, token)
        .Scalar() > 0;

    /// <summary>Writes the token of a change that makes no revision.</summary>
    public static void InsertToken(SqlConnection onConnection, byte[] token, DateTimeOffset now) => onConnection
        .Prepare("INSERT INTO write_token (token, written_at) VALUES (?, ?)")
        .Bind(1, token)
        .Bind(2, StoredTime.From(now))
        .Run();
}
