using MacSegmentation.Errors;
using MacSegmentation.Following;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>What becomes of a store's file under whoever has it open: an enforcer's follower, and a session beside it.</summary>
public sealed class ReplacedFileTests : IDisposable, ITableListener
{
    private readonly SqliteFile file = new();
    private readonly ManualTime time = new();
    private readonly List<string> heard = [];
    private readonly IMacStore followed;
    private readonly IMacStore session;
    private readonly StoreFollower follower;

    public ReplacedFileTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody replace or overwrite a file that SQLite has open.");
        Make(file.Path, 10);
        File.Copy(file.Path, Beside("older.db"));
        followed = Open(file.Path);
        session = Open(file.Path);
        session.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 11 }));
        follower = new StoreFollower(followed, PolicyAction.Drop, time);
        follower.Start(this);
    }

    public void Dispose()
    {
        follower?.Dispose();
        followed?.Dispose();
        session?.Dispose();
        file.Dispose();
    }

    Action ITableListener.Prepare(ConfigurationSnapshot snapshot, DecisionTable table) =>
        () => heard.Add($"revision {snapshot.Revision} VLANs {string.Join(' ', snapshot.Vlans.Select(vlan => vlan.VlanId))}");

    void ITableListener.OnTableFailed(Exception error) => heard.Add($"failed {error.Message}");

    void ITableListener.OnStoreLost(Exception error) => heard.Add($"lost {((MacSegmentationException)error).ErrorId}");

    void ITableListener.OnStoreBack() => heard.Add("back");

    void ITableListener.OnStoreReplaced() => heard.Add("replaced");

    [Theory]
    [InlineData("mv over")]
    [InlineData("cp over")]
    [InlineData("rm, then cp")]
    public void Another_store_in_the_files_place_is_followed_and_told_of(string way)
    {
        // With more pages, and as many revisions as the one before.
        string other = Beside("other.db");
        Make(other, 20, 30);
        Put(other, way);
        Poll();
        Assert.Equal(["revision 2 VLANs 20 30", "replaced"], heard);
        GoOn("20 30");
    }

    [Theory]
    [InlineData("mv over")]
    [InlineData("cp over")]
    [InlineData("rm, then cp")]
    public void An_older_copy_is_followed_though_its_revision_is_lower(string way)
    {
        Put(Beside("older.db"), way);
        Poll();
        Assert.Equal(["revision 1 VLANs 10", "replaced"], heard);
        GoOn("10");
    }

    [Theory]
    [InlineData("mv over")]
    [InlineData("cp over")]
    [InlineData("rm, then cp")]
    public void An_older_copy_that_came_to_the_same_revision_is_followed(string way)
    {
        string older = Beside("older.db");
        Make(older, 12);
        Put(older, way);
        Poll();
        Assert.Equal(["revision 2 VLANs 10 12", "replaced"], heard);
        GoOn("10 12");
    }

    [Fact]
    public void The_same_store_in_another_file_is_no_news()
    {
        session.Dispose();
        Settle();
        File.Copy(file.Path, Beside("same.db"));
        File.Move(Beside("same.db"), file.Path, overwrite: true);
        Poll();
        Assert.Empty(heard);
        using var again = Open(file.Path);
        again.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 13 }));
        Poll();
        Assert.Equal(["revision 3 VLANs 10 11 13"], heard);
    }

    [Fact]
    public void A_file_that_was_removed_is_lost_and_a_new_one_in_its_place_is_followed()
    {
        File.Delete(file.Path);
        Poll();
        Assert.Equal(["lost StoreUnavailable"], heard);
        Assert.Equal("StoreUnavailable", Assert.Throws<MacSegmentationException>(() => session.Read(reader => reader.ListVlans())).ErrorId);
        Assert.False(File.Exists(file.Path));

        Make(file.Path, 20);
        Poll();
        Assert.Equal(["lost StoreUnavailable", "back", "revision 1 VLANs 20", "replaced"], heard);
        GoOn("20");
    }

    [Fact]
    public void A_new_store_in_the_place_of_a_removed_one_is_followed_without_a_look_between()
    {
        File.Delete(file.Path);
        Make(file.Path, 20);
        Poll();
        Assert.Equal(["revision 1 VLANs 20", "replaced"], heard);
        GoOn("20");
    }

    [Fact]
    public void A_file_that_was_moved_away_and_back_has_lost_nothing()
    {
        File.Move(file.Path, Beside("away.db"));
        Poll();
        File.Move(Beside("away.db"), file.Path);
        Poll();
        Assert.Equal(["lost StoreUnavailable", "back"], heard);
        GoOn("10 11");
    }

    [Theory]
    [InlineData("empty", "StoreUnavailable")]
    [InlineData("one octet", "StoreUnavailable")]
    [InlineData("text", "StoreNotADatabase")]
    [InlineData("half", "StoreDamaged")]
    [InlineData("other program", "StoreForeign")]
    public void A_file_that_is_no_store_any_more_is_lost_with_the_reason_until_a_store_is_back(string content, string errorId)
    {
        byte[] good = File.ReadAllBytes(Beside("older.db"));
        byte[] bad = content switch
        {
            "empty" => [],
            "one octet" => [1],
            "text" => [.. Enumerable.Repeat((byte)'x', 20_000)],
            "half" => good[..(good.Length / 2)],
            _ => OfAnotherProgram(),
        };
        Write(bad);
        Poll();
        Poll();
        Assert.Equal([$"lost {errorId}"], heard);
        Assert.Equal(errorId, Assert.Throws<MacSegmentationException>(() => session.Read(reader => reader.ListVlans())).ErrorId);
        Assert.Equal(errorId, Assert.Throws<MacSegmentationException>(() => session.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 99 }))).ErrorId);
        Assert.Equal(bad, File.ReadAllBytes(file.Path));

        Write(good);
        Poll();
        Assert.Equal([$"lost {errorId}", "back", "revision 1 VLANs 10", "replaced"], heard);
        GoOn("10");
    }

    /// <summary>What others do to the file by SQLite itself replaces nothing.</summary>
    [Fact]
    public void What_SQLite_writes_to_the_file_is_no_news()
    {
        file.Query("PRAGMA wal_checkpoint(TRUNCATE)");
        Poll();
        file.Query("VACUUM");
        file.Query("PRAGMA wal_checkpoint(TRUNCATE)");
        Poll();
        Poll();
        Assert.Empty(heard);
        GoOn("10 11");
    }

    /// <summary>So a copy of the file is a copy of the store, and whatever comes into its place meets nothing of it.</summary>
    [Fact]
    public void A_quiet_store_is_whole_in_its_file()
    {
        session.Dispose();
        using (var quiet = new StoreFactory().Open(new MacStoreOptions { Path = file.Path, TimeProvider = time }))
        {
            quiet.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 12 }));
            Assert.NotEqual(0, new FileInfo(file.Path + "-wal").Length);
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(0, new FileInfo(file.Path + "-wal").Length);
            File.Copy(file.Path, Beside("copy.db"));
        }

        using var copy = Open(Beside("copy.db"));
        Assert.Equal("10 11 12", Vlans(copy));
    }

    private string Beside(string name) => Path.Join(file.Folder, name);

    private static IMacStore Open(string path) => new StoreFactory().Open(new MacStoreOptions { Path = path });

    private static void Make(string path, params int[] vlans)
    {
        using var store = Open(path);
        foreach (int vlan in vlans)
        {
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = vlan }));
        }
    }

    private static string Vlans(IMacStore store) => string.Join(' ', store.Read(reader => reader.ListVlans()).Select(vlan => vlan.VlanId));

    private void Put(string other, string way)
    {
        switch (way)
        {
            case "mv over":
                File.Move(other, file.Path, overwrite: true);
                break;
            case "cp over":
                // What is in the log only is not in the file yet, and nobody could tell that it was overwritten.
                Settle();
                Poll();
                Assert.Empty(heard);
                Write(File.ReadAllBytes(other));
                break;
            default:
                File.Delete(file.Path);
                File.Copy(other, file.Path);
                break;
        }
    }

    /// <summary>Past the locks that .NET keeps among its own, as cp and dd write.</summary>
    private void Write(byte[] content)
    {
        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.SetLength(0);
        stream.Write(content);
    }

    private byte[] OfAnotherProgram()
    {
        using var other = new SqliteFile();
        other.Query("CREATE TABLE notes (text TEXT)");
        return File.ReadAllBytes(other.Path);
    }

    private void Poll() => time.Advance(followed.PollingInterval);

    private void Settle() => file.Query("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>The session, the follower and whoever comes later have the present file, and one that is in order.</summary>
    private void GoOn(string vlans)
    {
        heard.Clear();
        Assert.Equal(vlans, Vlans(session));
        session.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 40 }));
        Poll();
        Assert.EndsWith($"VLANs {vlans} 40", Assert.Single(heard), StringComparison.Ordinal);
        using (var late = Open(file.Path))
        {
            late.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 50 }));
            Assert.Equal($"{vlans} 40 50", Vlans(session));
        }

        follower.Dispose();
        followed.Dispose();
        session.Dispose();
        Assert.Equal("ok", file.Query("PRAGMA integrity_check"));
        using var after = Open(file.Path);
        Assert.Equal($"{vlans} 40 50", Vlans(after));
    }
}
