using MacSegmentation.Stores.Contract;

namespace MacSegmentation.Stores.Postgres;

/// <summary>The contract, kept by PostgreSQL.</summary>
public sealed class PostgresStoreContract : StoreContract
{
    private readonly string database;

    public PostgresStoreContract()
    {
        Assert.SkipWhen(PostgresCluster.WhyAbsent is not null, PostgresCluster.WhyAbsent ?? string.Empty);
        database = PostgresCluster.Shared.CreateDatabase();
    }

    protected override MacStoreOptions Place => new() { ConnectionString = PostgresCluster.Shared.ConnectionString(database) };

    /// <summary>Every row is in every index of its table, at its place. Foreign keys the server has checked with each change.</summary>
    protected override void CheckIntegrity() => PostgresCluster.Shared.Query(
        database,
        """
        CREATE EXTENSION IF NOT EXISTS amcheck;
        SELECT bt_index_parent_check(pg_class.oid, true)
        FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE nspname = 'macsegmentation' AND relkind = 'i'
        """);

    protected override void AdvanceRevision(long by) => PostgresCluster.Shared.Query(
        database,
        $"INSERT INTO macsegmentation.change (revision, time, \"user\", host_name, process) SELECT max(revision) + {by}, 0, '', '', '' FROM macsegmentation.change");

    protected override void ExchangeNewest() => PostgresCluster.Shared.Query(
        database,
        "UPDATE macsegmentation.change SET token = '\\x01' WHERE revision = (SELECT max(revision) FROM macsegmentation.change)");

    protected override void Clear()
    {
        // xunit disposes what it could not construct, too.
        if (database is not null)
        {
            PostgresCluster.Shared.DropDatabase(database);
        }
    }
}
