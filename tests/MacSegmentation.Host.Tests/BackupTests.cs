using System.Globalization;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Pools;
using MacSegmentation.Processes;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation;

/// <summary>Stores that are backed up, restored, asked and put back from the command line.</summary>
public sealed class BackupTests : IDisposable
{
    private const string Document = "docs/examples/cameras-and-plc.json";
    private readonly TemporaryFolder folder = new();
    private readonly string store;
    private readonly string backup;

    public BackupTests()
    {
        store = folder.File("lab.db");
        backup = folder.File("night.macbak");
        TestProgram.Native.Run("apply", Document, "--store", store, "--reason", "CHG-1").Succeeded();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_store_is_backed_up_and_restored()
    {
        using var made = JsonDocument.Parse(TestProgram.Native.Run("backup", backup, "--store", store, "--json").Succeeded());
        Assert.Equal(8, made.RootElement.GetProperty("allocations").GetInt64());
        TestProgram.Native.Run("backup", backup, "--store", store, "--no-clobber").Failed("BackupExists");
        string other = folder.File("other.db");
        Assert.Contains("now at revision 2", TestProgram.Native.Run("restore", backup, "--store", other, "--reason", "CHG-2").Succeeded(), StringComparison.Ordinal);
        Assert.Equal(TestProgram.Native.Run("export", "--store", store).Succeeded(), TestProgram.Native.Run("export", "--store", other).Succeeded());

        TestProgram.Native.Run("handle", "request", "urn:x:1", "--vlan", "10", "--store", store).Succeeded();
        TestProgram.Native.Run("restore", backup, "--store", store).Failed("RestoreWouldLoseAddresses");
        using var losses = JsonDocument.Parse(TestProgram.Native.Run("restore", backup, "--store", store, "--what-if", "--json").Succeeded());
        Assert.Equal("urn:x:1", Assert.Single(losses.RootElement.EnumerateArray()).GetProperty("handle").GetString());
        var forced = TestProgram.Native.Run("restore", backup, "--store", store, "--force", "--json");
        Assert.Contains("in use are free", forced.Error, StringComparison.Ordinal);
        using var restored = JsonDocument.Parse(forced.Output);
        Assert.Equal((2, 1), (restored.RootElement.GetProperty("replacedRevision").GetInt32(), restored.RootElement.GetProperty("lost").GetInt32()));
        TestProgram.Native.Run("restore", folder.File("none.macbak"), "--store", store).Failed("BackupNotFound");
    }

    [Fact]
    public void An_address_is_found_and_a_change_taken_back()
    {
        using var found = JsonDocument.Parse(TestProgram.Native.Run("find", "panel", "--store", store, "--json").Succeeded());
        string address = Assert.Single(found.RootElement.EnumerateArray()).GetProperty("macAddress").GetString()!;
        using var history = JsonDocument.Parse(TestProgram.Native.Run("find", address, "--history", "--store", store, "--json").Succeeded());
        Assert.Equal("CHG-1", Assert.Single(history.RootElement.EnumerateArray()).GetProperty("reason").GetString());
        TestProgram.Native.Run("find", "nobody", "--store", store).Failed("AddressNotFound");

        TestProgram.Native.Run("client", "create", "ward-7", "--store", store, "--reason", "CHG-2").Succeeded();
        using var listed = JsonDocument.Parse(TestProgram.Native.Run("audit", "list", "--store", store, "--reason", "chg-2", "--json").Succeeded());
        Assert.Equal("ward-7", Assert.Single(listed.RootElement.EnumerateArray()).GetProperty("subject").GetString());
        Assert.Contains("ward-7", TestProgram.Native.Run("audit", "compare", "1", "--store", store).Succeeded(), StringComparison.Ordinal);
        TestProgram.Native.Run("audit", "undo", "2", "--store", store, "--what-if").Succeeded();
        Assert.Contains("ward-7", TestProgram.Native.Run("client", "list", "--store", store).Succeeded(), StringComparison.Ordinal);
        TestProgram.Native.Run("audit", "undo", "2", "--store", store, "--reason", "CHG-3").Succeeded();
        Assert.DoesNotContain("ward-7", TestProgram.Native.Run("client", "list", "--store", store).Succeeded(), StringComparison.Ordinal);
        TestProgram.Native.Run("audit", "undo", "4711", "--store", store).Failed("RevisionNotFound");
    }

    [Fact]
    public void A_restore_that_is_killed_leaves_the_old_store_or_the_new_one()
    {
        var factory = new StoreFactory();
        long backedUp;
        using (var opened = factory.Open(new MacStoreOptions { Path = store }))
        {
            opened.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 30, Ranges = [MacRange.Parse("06:00:00:00:00:00/24")] }));
            opened.WriteEach(Enumerable.Range(0, 20_000).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList(), (writer, name) => AddressPool.Allocate(writer, 30, name));
            factory.Backup(new MacStoreOptions { Path = store }, backup, cancellation: TestContext.Current.CancellationToken);
            backedUp = opened.Read(reader => reader.CountAllocations(30));
        }

        int killed = 0;
        foreach (int patience in (int[])[150, 250, 350, 450, 550, 700, 900])
        {
            long before;
            using (var opened = factory.Open(new MacStoreOptions { Path = store }))
            {
                opened.Write(writer => AddressPool.Allocate(writer, 30, "later"));
                before = opened.Read(reader => reader.CountAllocations(30));
            }

            using var process = TestProgram.Native.Start(RepositoryFile.Root, "restore", backup, "--store", store, "--force");
            if (!process.WaitForExit(patience))
            {
                process.Kill();
                killed++;
            }

            process.WaitForExit();
            using var after = factory.Open(new MacStoreOptions { Path = store });
            after.Read(reader =>
            {
                long count = reader.CountAllocations(30);
                bool isRestored = reader.ListAuditEvents(new Auditing.AuditQuery { Newest = 1 })[0].Action is Auditing.AuditAction.RestoreStore;
                Assert.Equal(isRestored ? backedUp : before, count);
                return 0;
            });
        }

        Assert.InRange(killed, 1, 7);
    }
}
