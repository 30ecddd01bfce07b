using MacSegmentation.Errors;
using MacSegmentation.Vlans;
using Microsoft.Data.Sqlite;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>The way of a store from version to version, with steps of the future.</summary>
public sealed class StoreSchemaTests : IDisposable
{
    private const string AddColumn = "ALTER TABLE vlan ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'";
    private const string AddTable = "CREATE TABLE later (id INTEGER PRIMARY KEY);\nINSERT INTO later VALUES (7)";
    private const string Wrong = "CREATE TABLE half (id INTEGER);\nINSERT INTO nowhere VALUES (1)";
    private readonly SqliteFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void A_store_of_an_older_version_is_led_forward_and_keeps_what_it_holds()
    {
        using (var store = Open())
        {
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Name = "cameras" }));
        }

        using (var store = Open(AddColumn, AddTable))
        {
            Assert.Equal(StoreSchema.Current.Version + 2, store.Info.SchemaVersion);
            Assert.Equal("cameras", store.Read(reader => reader.FindVlan(10))?.Name);
            Assert.Equal(1, store.ReadRevision());
        }

        Assert.Equal("red", file.Query("SELECT colour FROM vlan"));
        Assert.Equal("7", file.Query("SELECT id FROM later"));
        Assert.Equal("StoreTooNew", Assert.Throws<MacSegmentationException>(() => Open()).ErrorId);
    }

    [Fact]
    public void A_step_that_fails_leaves_the_store_as_it_was()
    {
        Open().Dispose();
        Assert.ThrowsAny<SqliteException>(() => Open(AddTable, Wrong));
        Assert.Equal($"{StoreSchema.Current.Version}", file.Query("PRAGMA user_version"));
        Assert.Equal("0", file.Query("SELECT count(*) FROM sqlite_master WHERE name IN ('later', 'half')"));
        Open().Dispose();
        Open(AddTable).Dispose();
    }

    [Fact]
    public void A_new_store_whose_creation_fails_is_still_a_new_one()
    {
        Assert.ThrowsAny<SqliteException>(() => Open(Wrong));
        using var store = Open(AddTable);
        Assert.Equal(0, store.ReadRevision());
    }

    [Fact]
    public void Several_that_lead_a_store_forward_at_once_do_it_once()
    {
        Open().Dispose();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Open(AddColumn, AddTable).Dispose());
        Assert.Equal("1", file.Query("SELECT count(*) FROM later"));
    }

    [Fact]
    public void Several_that_create_a_store_at_once_create_it_once()
    {
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Open(AddTable).Dispose());
        Assert.Equal("1", file.Query("SELECT count(*) FROM later"));
        Assert.Equal("ok", file.Query("PRAGMA integrity_check"));
    }

    private IMacStore Open(params string[] laterSteps) =>
        new SqliteStoreFactory(new StoreSchema([StoreTables.Version1, StoreTables.Version2, .. laterSteps])).Open(new MacStoreOptions { Path = file.Path });
}
