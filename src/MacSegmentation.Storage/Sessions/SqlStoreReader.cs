using MacSegmentation.Stores.Auditing;
using MacSegmentation.Stores.Blocks;
using MacSegmentation.Stores.Clients;
using MacSegmentation.Stores.Handles;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Policies;
using MacSegmentation.Stores.Pools;
using MacSegmentation.Stores.Providers;
using MacSegmentation.Stores.SecurityGroups;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Vlans;

namespace MacSegmentation.Stores.Sessions;

/// <summary>The questions of a transaction, concept by concept: each answers its own, in its folder.</summary>
internal class SqlStoreReader
    : IStoreReader,
        ISqlVlanReader,
        ISqlPoolReader,
        ISqlPolicyReader,
        ISqlInterfaceReader,
        ISqlSecurityGroupReader,
        ISqlHandleReader,
        ISqlProviderReader,
        ISqlBlockReader,
        ISqlProviderClientReader,
        ISqlAuditReader
{
    /// <summary>The transaction of a connection.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="revision">The newest revision that the transaction sees.</param>
    /// <param name="now">The transaction's time.</param>
    public SqlStoreReader(SqlConnection connection, long revision, DateTimeOffset now)
    {
        Connection = connection;
        Revision = revision;
        Now = now;
    }

    public virtual DateTimeOffset Now { get; }

    public virtual long Revision { get; }

    public string StoreId => Connection.Prepare("SELECT store_id FROM store_identity").First(static row => row.Text(0)) ?? string.Empty;

    public SqlConnection Connection { get; }

    public static long ReadRevision(SqlConnection connection) => connection.Prepare("SELECT max(revision) FROM change").Scalar();
}
