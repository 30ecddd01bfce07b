using MacSegmentation.Stores.Contract;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>The contract, kept by SQLite.</summary>
public sealed class SqliteStoreContract : StoreContract
{
    private readonly SqliteFile file = new();

    protected override MacStoreOptions Place => new() { Path = file.Path };

    protected override void CheckIntegrity()
    {
        Assert.Equal("ok", file.Query("PRAGMA integrity_check"));
        Assert.Null(file.Query("PRAGMA foreign_key_check"));
    }

    protected override void AdvanceRevision(long by) => file.Query(
        $"INSERT INTO change (revision, time, user, host_name, process) SELECT max(revision) + {by}, 0, '', '', '' FROM change");

    protected override void ExchangeNewest() => file.Query("UPDATE change SET token = randomblob(16) WHERE revision = (SELECT max(revision) FROM change)");

    protected override void Clear() => file.Dispose();
}
