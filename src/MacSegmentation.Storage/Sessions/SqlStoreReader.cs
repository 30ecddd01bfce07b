using MacSegmentation.Stores.Auditing;
using MacSegmentation.Stores.Blocks;
using MacSegmentation.Stores.Clients;
using MacSegmentation.Stores.Handles;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.NetworkSessions;
using MacSegmentation.Stores.NicMetrics;
using MacSegmentation.Stores.Partitions;
using MacSegmentation.Stores.Policies;
using MacSegmentation.Stores.Pools;
using MacSegmentation.Stores.Profiles;
using MacSegmentation.Stores.Providers;
using MacSegmentation.Stores.RunningEnforcers;
using MacSegmentation.Stores.SecurityGroups;
using MacSegmentation.Stores.SecurityTriggers;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Stores.Vlans;
using MacSegmentation.Stores.Watches;
using MacSegmentation.Transactions;

namespace MacSegmentation.Stores.Sessions;

/// <summary>The questions of a transaction, concept by concept: each answers its own, in its folder. Here they are listed: what they ask, their tables, their parts of a snapshot.</summary>
internal class SqlStoreReader
    : IStoreReader,
        ISqlVlanReader,
        ISqlPoolReader,
        ISqlPolicyReader,
        ISqlInterfaceReader,
        ISqlSecurityGroupReader,
        ISqlPartitionReader,
        ISqlSecurityTriggerReader,
        ISqlHandleReader,
        ISqlProviderReader,
        ISqlBlockReader,
        ISqlProviderClientReader,
        ISqlProfileReader,
        ISqlNetworkSessionReader,
        ISqlNicMetricReader,
        ISqlRunningEnforcerReader,
        ISqlWatchReader,
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

    /// <summary>The tables of all concepts, for what is done with each of them.</summary>
    public static IReadOnlyList<IFollowedTable> Tables { get; } =
    [
        VlanTable.Rows,
        AllocationTable.Rows,
        HeldDownTable.Rows,
        ReservationTable.Rows,
        ReservationTable.HeldDown,
        PolicyTable.Rows,
        InterfaceTable.Rows,
        InterfaceUseTable.Rows,
        SecurityGroupTable.Rows,
        SecurityGroupTable.Rules,
        PartitionTable.Rows,
        PartitionTable.Policies,
        SecurityTriggerTable.Rows,
        SecurityTriggerTable.Holds,
        HandleTable.Rows,
        ProviderTable.Rows,
        ProviderTable.State,
        BlockTable.Rows,
        ProviderClientTable.Rows,
        ProfileTable.Rows,
        SessionTable.Rows,
        SessionTable.Instances,
        SessionTable.Rules,
        NicMetricTable.Reporters,
        NicMetricTable.Rows,
        NicMetricTable.Runs,
        NicMetricTable.Samples,
        RunningEnforcerTable.Rows,
        WatchTable.Rows,
        WatchTable.Spool,
        SessionTable.Adjustments,
    ];

    /// <summary>What concepts keep of interface records in tables of their own.</summary>
    public static IReadOnlyList<IInterfaceChildren> InterfaceChildren { get; } = [new InterfaceMemberships(), new InstanceSessions()];

    IReadOnlyList<IInterfaceChildren> ISqlInterfaceReader.Children => InterfaceChildren;

    public virtual DateTimeOffset Now { get; }

    public virtual long Revision { get; }

    public string StoreId => Connection.Prepare("SELECT store_id FROM store_identity").First(static row => row.Text(0)) ?? string.Empty;

    public SqlConnection Connection { get; }

    public virtual StoreMark ReadMark() => StoredMark.ReadNewest(Connection);

    public bool StandsOn(StoreMark mark) => StoredMark.IsIn(Connection, mark);

    public static long ReadRevision(SqlConnection connection) => connection.Prepare("SELECT max(revision) FROM change").Scalar();

    /// <summary>The parts of a snapshot.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="revision">The revision that it sees.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ConfigurationSnapshot ReadSnapshot(SqlConnection connection, long revision, ConfigurationSnapshot? followed) =>
        new ConfigurationSnapshot(revision, PolicySnapshot.Read(connection, followed))
        {
            Interfaces = InterfaceSnapshot.Read(connection, followed, InterfaceChildren),
        }.With(SecurityGroupSnapshot.Read(connection, followed)).With(PartitionSnapshot.Read(connection, followed)).With(PartitionSnapshot.ReadSettings(connection, followed))
            .With(SecurityTriggerSnapshot.Read(connection, followed)).With(SecurityTriggerSnapshot.ReadHolds(connection, followed))
            .With(ProfileSnapshot.Read(connection, followed)).With(SessionSnapshot.Read(connection, followed)).With(SessionSnapshot.ReadRules(connection, followed))
            .With(SessionSnapshot.ReadAdjustments(connection, followed)).With(SessionSnapshot.ReadSchedules(connection, followed));
}
