using System.IO.Compression;
using System.Text;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Backups;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.Stores.Copying;
using MacSegmentation.Stores.Postgres;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Sqlite;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Backups;

/// <summary>Stores that are backed up to a file and restored from it, from every kind to every kind.</summary>
public sealed partial class StoreBackupTests : IDisposable
{
    private static readonly StoreFactory Factory = new();
    private readonly List<IDisposable> places = [];
    private readonly SqliteFile folder = new();
    private readonly string backup;
    private string token = string.Empty;

    public StoreBackupTests() => backup = Path.Join(folder.Folder, "night.macbak");

    public void Dispose()
    {
        places.ForEach(place => place.Dispose());
        folder.Dispose();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_restored_store_holds_all_that_was_backed_up_and_says_where_it_comes_from(bool fromServer, bool toServer)
    {
        var from = NewPlace(fromServer);
        Fill(from);
        var made = Backup(from);
        Assert.Equal((backup, 1L, 5L, 2L, 1L), (made.Path, made.Vlans, made.Allocations, made.Handles, made.Blocks));
        Assert.Equal(new FileInfo(backup).Length, made.Length);
        Assert.Equal(made, Factory.ReadBackup(backup));
        Assert.Equal([backup], Directory.GetFileSystemEntries(folder.Folder));

        var to = NewPlace(toServer);
        var restored = Restore(to, reason: " CHG-4711 ");
        using var source = Factory.Open(from);
        using var destination = Factory.Open(to);
        Assert.Equal((made.Revision, null, made.Revision + 1, made.Rows, 0L), (restored.BackupRevision, restored.ReplacedRevision, restored.Revision, restored.Rows, restored.Lost));
        Assert.Equal((made.StoreId, made.Revision), (source.Read(reader => reader.StoreId), source.ReadRevision()));
        Assert.Equal(source.Read(reader => reader.StoreId), destination.Read(reader => reader.StoreId));
        Assert.Equal(Rows(source), Rows(destination, without: made.Revision + 1));
        var last = destination.Read(reader => reader.ListAuditEvents(new AuditQuery { Newest = 1 }))[0];
        Assert.Equal((AuditAction.RestoreStore, "night.macbak", "CHG-4711", made.Revision + 1), (last.Action, last.Subject, last.Reason, last.Revision));
    }

    [Fact]
    public async Task A_backup_taken_while_others_write_is_one_state()
    {
        var from = NewPlace(isServer: false);
        Fill(from);
        using var stop = new CancellationTokenSource();
        using var writing = Factory.Open(from);
        var writer = Task.Run(
            () =>
            {
                for (int i = 0; !stop.IsCancellationRequested; i++)
                {
                    string name = $"busy-{i}";
                    writing.Write(change => AddressPool.Allocate(change, 10, name));
                }
            },
            TestContext.Current.CancellationToken);
        try
        {
            for (int i = 0; i < 5; i++)
            {
                var made = Backup(from);
                var to = NewPlace(isServer: false);
                Restore(to);
                using var store = Factory.Open(to);
                store.Read(reader =>
                {
                    // Each change is one allocation and one event: they are of one revision.
                    Assert.Equal(made.Allocations, reader.ListAllocations().Count);
                    Assert.Equal(
                        reader.ListAllocations().Where(allocation => allocation.InstanceId.StartsWith("busy", StringComparison.Ordinal)).Select(allocation => $"{allocation.MacAddress}"),
                        reader.ListAuditEvents(new AuditQuery { Action = AuditAction.AllocateAddress }).Where(entry => entry.Detail.Contains("busy", StringComparison.Ordinal)).Select(entry => entry.Subject));
                    Assert.Equal(made.Revision, reader.ListAuditEvents(new AuditQuery { Newest = 2 })[0].Revision);
                    return 0;
                });
            }
        }
        finally
        {
            await stop.CancelAsync();
            await writer;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_in_use_and_unknown_to_the_backup_is_named_and_kept_unless_forced(bool isServer)
    {
        var place = NewPlace(isServer);
        Fill(place);
        Backup(place);
        Assert.Empty(Factory.FindRestoreLosses(backup, place, TestContext.Current.CancellationToken));
        Assert.Equal("RestoreWouldReplaceStore", Refused(place));

        using var store = Factory.Open(place);
        var allocation = store.Write(writer => AddressPool.Allocate(writer, 10, "new"));
        var handle = store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("urn:x:new"), VlanId = 10, InstanceId = "device" }));
        var block = store.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 4))[0];
        store.Write(writer => AddressPool.ReleaseAll(writer, "vm-0"));
        var again = store.Write(writer => AddressPool.Allocate(writer, 10, "other", MacAddress.Parse("02:00:00:00:00:00"), evenIfHeldDown: true));

        var losses = Factory.FindRestoreLosses(backup, place, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                (RestoreLossKind.Allocation, again.MacAddress, "other", string.Empty),
                (RestoreLossKind.Allocation, allocation.MacAddress, "new", string.Empty),
                (RestoreLossKind.Handle, handle.MacAddress, "device", "urn:x:new"),
                (RestoreLossKind.Block, block.Range.First, "site-a", string.Empty),
            ],
            losses.Select(loss => (loss.Kind, loss.MacAddress, loss.InstanceId, loss.Handle)));
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(() => Restore(place));
        Assert.Equal(("RestoreWouldLoseAddresses", MacErrorKind.InUse), (error.ErrorId, error.Kind));
        Assert.Contains("2 allocations, 1 handle and 1 block", error.Message, StringComparison.Ordinal);
        Assert.Contains("02:00:00:00:00:00 of 'other' in VLAN 10", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, store.ReadRevision());

        var restored = Restore(place, force: true);
        Assert.Equal((before, 4L), (restored.ReplacedRevision, restored.Lost));
        Assert.Equal(Factory.ReadBackup(backup).Allocations, store.Read(reader => reader.ListAllocations()).Count);
        Assert.Equal("vm-0", store.Read(reader => reader.FindAllocation(again.MacAddress))!.InstanceId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whoever_uses_a_store_that_is_restored_goes_on_with_it(bool isServer)
    {
        var place = NewPlace(isServer);
        Fill(place);
        Backup(place);
        using var idle = Factory.Open(place);
        using var polled = Factory.Open(place);
        idle.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Any, PolicyAction.Deny));
        var followed = polled.ReadSnapshot();
        for (int round = 0; round < 3; round++)
        {
            long before = idle.Write(writer => AddressPool.Allocate(writer, 10, $"lost-{round}")).MacAddress.Value is var _ ? idle.ReadRevision() : 0;
            var restored = Restore(place, force: true);
            Assert.Equal(before, restored.ReplacedRevision);
            Assert.False(polled.IsNewest(followed));
            followed = polled.ReadSnapshot(followed);
            Assert.True(followed.StartsOver);
            Assert.Equal((restored.Revision, 0), (followed.Revision, followed.Vlans[0].Policies.Length));

            // The log is written back and emptied a little later, and whoever has slept till then finds a changed file.
            SpinWait.SpinUntil(() => place.Path is null || new FileInfo($"{place.Path}-wal") is { Length: 0 }, TimeSpan.FromSeconds(10));
            Assert.Equal(restored.Revision, idle.ReadRevision());
            Assert.Empty(idle.Read(reader => reader.ListAllocations(instanceId: $"lost-{round}")));
            idle.Write(writer => AddressPool.Allocate(writer, 10, "after"));
            polled.Write(writer => AddressPool.Allocate(writer, 10, "after"));
            using var fresh = Factory.Open(place);
            Assert.Equal((restored.Revision + 2, 2), (fresh.ReadRevision(), fresh.Read(reader => reader.ListAllocations(instanceId: "after").Count)));
            followed = polled.ReadSnapshot(followed);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_restore_that_is_ended_leaves_the_store_as_it_was(bool isServer)
    {
        var place = NewPlace(isServer);
        Fill(place);
        using var store = Factory.Open(place);
        store.WriteEach(Enumerable.Range(0, 3000).Select(i => $"many-{i}").ToList(), (writer, instance) => AddressPool.Allocate(writer, 10, instance));
        Backup(place);
        store.Write(writer => AddressPool.Allocate(writer, 10, "new"));
        var before = Rows(store);
        foreach (long row in (long[])[1, 6, 10])
        {
            using var ending = new CancellationTokenSource();
            long at = row;
            int reports = 0;
            Assert.Throws<OperationCanceledException>(() => Factory.Restore(
                backup,
                place,
                force: true,
                progress: report =>
                {
                    if (++reports >= at)
                    {
                        ending.Cancel();
                    }
                },
                cancellation: ending.Token));
            Assert.Equal(before, Rows(store));
        }

        var fresh = NewPlace(isServer: false);
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.Throws<OperationCanceledException>(() => Factory.Restore(backup, fresh, cancellation: stopped.Token));
        Assert.False(File.Exists(fresh.Path));
    }

    [Fact]
    public void An_older_stores_backup_is_brought_up_to_date()
    {
        var place = NewPlace(isServer: false);
        Fill(place);
        Backup(place);
        using (var file = BackupFile.Open(backup))
        {
            file.ExtractStore(Path.Join(folder.Folder, "store.db"));
        }

        // What its schema was matters to nobody who reads it: the store in it is opened like any.
        var older = new SqliteStoreFactory(StoreSchema.Current).Open(new MacStoreOptions { Path = Path.Join(folder.Folder, "store.db"), MustExist = true });
        older.Dispose();
        var to = NewPlace(isServer: false);
        Assert.Equal(StoreSchema.Current.Version, Factory.ReadBackup(backup).SchemaVersion);
        Restore(to);
        using var store = Factory.Open(to);
        Assert.Equal(StoreSchema.Current.Version, store.Info.SchemaVersion);
    }

    /// <summary>Makes another backup of the one that is there, with something in its manifest that is not so.</summary>
    private string Refused(MacStoreOptions place) => Assert.Throws<MacSegmentationException>(() => Restore(place)).ErrorId;

    private MacStoreBackup Backup(MacStoreOptions from) => Factory.Backup(from, backup, cancellation: TestContext.Current.CancellationToken);

    private MacStoreRestore Restore(MacStoreOptions to, bool force = false, string? reason = null, string? path = null) =>
        Factory.Restore(path ?? backup, to, force, reason, cancellation: TestContext.Current.CancellationToken);

    private MacStoreOptions NewPlace(bool isServer)
    {
        if (isServer)
        {
            Assert.SkipWhen(PostgresCluster.WhyAbsent is not null, PostgresCluster.WhyAbsent ?? string.Empty);
            var database = new PostgresDatabase();
            places.Add(database);
            return database.Place;
        }

        var file = new SqliteFile();
        places.Add(file);
        return new MacStoreOptions { Path = file.Path };
    }

    private void Fill(MacStoreOptions place)
    {
        using var store = Factory.Open(place);
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Name = "\u00e4\u4e2d", Ranges = [MacRange.Parse("02:00:00:00:00:00/32")] }));
        store.WriteEach(Enumerable.Range(0, 3).Select(i => $"vm-{i}").ToList(), (writer, instance) => AddressPool.Allocate(writer, 10, instance));
        store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("urn:x:1"), VlanId = 10, InstanceId = "plc" }));
        store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("urn:x:2"), VlanId = 10 }));
        store.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-a" }));
        store.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16));
        store.Write(writer => ProviderClientCatalog.Create(writer, "ward-7", [10], out token));
    }

    /// <summary>Every value of every row that was there before a revision, as the database's own text.</summary>
    private static Dictionary<string, List<string>> Rows(IMacStore store, long without = long.MaxValue) => ((ISqlStore)store).ReadTables(connection => StoreCatalog.ReadTables().ToDictionary(
        table => table.Name,
        table =>
        {
            using var statement = connection.PrepareOnce(table.SelectAll);
            var rows = statement.All(row => (
                IsOfChange: table.Name is "change" or "audit" && Array.Exists([.. table.Columns.Select((column, place) => (column, place))], column => column.column.Name is "revision" && row.Number(column.place) >= without),
                Text: string.Join('|', table.Columns.Select((column, place) => row.IsNull(place) ? "NULL" : column.Kind switch
                {
                    StoreColumnKind.Number => $"{row.Number(place)}",
                    StoreColumnKind.Text => row.Text(place),
                    _ => Convert.ToHexString(row.Bytes(place)),
                }))));
            return rows.Where(row => !row.IsOfChange).Select(row => row.Text).ToList();
        },
        StringComparer.Ordinal));
}
