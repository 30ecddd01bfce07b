namespace MacSegmentation.Stores.Postgres;

/// <summary>A database of a test's own; the test is skipped where there is no server.</summary>
internal sealed class PostgresDatabase : IDisposable
{
    private readonly PostgresCluster cluster;

    public PostgresDatabase(PostgresCluster? cluster = null, string properties = "")
    {
        SkipWithoutServer();
        this.cluster = cluster ?? PostgresCluster.Shared;
        Name = this.cluster.CreateDatabase(properties);
    }

    public string Name { get; }

    public PostgresCluster Cluster => cluster;

    public MacStoreOptions Place => new() { ConnectionString = cluster.ConnectionString(Name) };

    public static void SkipWithoutServer() => Assert.SkipWhen(PostgresCluster.WhyAbsent is not null, PostgresCluster.WhyAbsent ?? string.Empty);

    public IMacStore Open() => new StoreFactory().Open(Place);

    /// <summary>Opens the store with other limits than users have.</summary>
    public IMacStore Open(TimeSpan retryFor, CommitProxy? proxy = null)
    {
        var options = proxy is null ? Place : new MacStoreOptions { ConnectionString = $"Host=127.0.0.1;Port={proxy.Port};Database={Name};Username=macseg;Max Auto Prepare=0" };
        return PostgresStore.Open(PostgresPlace.Parse(options), options, PostgresSchema.Current, retryFor);
    }

    /// <summary>Runs SQL past the store.</summary>
    public string Query(string sql) => cluster.Query(Name, sql);

    /// <summary>Has the wait for the disk fail after each commit, which succeeds: by a function of this database in the place of the server's.</summary>
    /// <param name="sqlState">What it fails with, five characters of PostgreSQL's appendix of error codes.</param>
    public void FailFlushes(string sqlState) => Query(
        $"""
        ALTER FUNCTION pg_catalog.pg_logical_emit_message(boolean, text, text) RENAME TO pg_logical_emit_message_of_server;
        CREATE FUNCTION pg_catalog.pg_logical_emit_message(boolean, text, text) RETURNS pg_lsn LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''no flush'' USING ERRCODE = ''{sqlState}''; END'
        """);

    public void Dispose() => cluster.DropDatabase(Name);
}
