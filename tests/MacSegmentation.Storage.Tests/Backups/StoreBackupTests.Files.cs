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

/// <content>The file itself: what it replaces, what is in it, and what is refused as none.</content>
public sealed partial class StoreBackupTests
{
    [Fact]
    public void A_backup_is_replaced_and_any_other_file_is_left_alone()
    {
        var place = NewPlace(isServer: false);
        Fill(place);
        var first = Backup(place);
        using (var store = Factory.Open(place))
        {
            store.Write(writer => AddressPool.Allocate(writer, 10, "new"));
        }

        Assert.Equal("BackupExists", Assert.Throws<MacSegmentationException>(() => Factory.Backup(place, backup, mayReplace: false, cancellation: TestContext.Current.CancellationToken)).ErrorId);
        Assert.Equal(first.Revision + 1, Backup(place).Revision);
        Assert.Equal("BackupExists", Assert.Throws<MacSegmentationException>(() => Factory.Backup(place, place.Path!, cancellation: TestContext.Current.CancellationToken)).ErrorId);
        Assert.Equal("BackupUnwritable", Assert.Throws<MacSegmentationException>(() => Factory.Backup(place, folder.Folder, cancellation: TestContext.Current.CancellationToken)).ErrorId);
        Assert.Equal("BackupUnwritable", Assert.Throws<MacSegmentationException>(() => Factory.Backup(place, Path.Join(folder.Folder, "none", "x.macbak"), cancellation: TestContext.Current.CancellationToken)).ErrorId);
        Assert.Equal("StoreNotFound", Assert.Throws<MacSegmentationException>(() => Factory.Backup(new MacStoreOptions { Path = Path.Join(folder.Folder, "none.db") }, backup, cancellation: TestContext.Current.CancellationToken)).ErrorId);
        using var ending = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Factory.Backup(place, backup, progress: _ => ending.Cancel(), cancellation: ending.Token));
        Assert.Equal(first.Revision + 1, Factory.ReadBackup(backup).Revision);
        Assert.Equal([backup], Directory.GetFileSystemEntries(folder.Folder));
    }

    [Fact]
    public void No_secret_is_in_a_backup()
    {
        var place = NewPlace(isServer: false);
        Fill(place);
        Backup(place);
        using var archive = ZipFile.OpenRead(backup);
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            using var text = new MemoryStream();
            stream.CopyTo(text);
            Assert.DoesNotContain(token, Encoding.Latin1.GetString(text.ToArray()), StringComparison.Ordinal);
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        }
    }

    [Fact]
    public void No_damage_is_restored()
    {
        var place = NewPlace(isServer: false);
        Fill(place);
        var made = Backup(place);
        byte[] whole = File.ReadAllBytes(backup);
        string damaged = Path.Join(folder.Folder, "damaged.macbak");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (int length in Enumerable.Range(0, 64).Select(part => (int)((long)whole.Length * part / 64)))
        {
            File.WriteAllBytes(damaged, whole[..length]);
            Assert.True(ids.Add(IdOf(damaged)) || ids.Count > 0);
        }

        Assert.Equal(["BackupDamaged", "BackupForeign"], ids.Order(StringComparer.Ordinal));
        var random = new Random(4711);
        for (int i = 0; i < 400; i++)
        {
            byte[] flipped = [.. whole];
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(damaged, flipped);
            try
            {
                // What is not looked at, such as the time of a part, may be anything; what is read is what was written.
                Assert.Equal(made with { Path = damaged }, Factory.ReadBackup(damaged));
            }
            catch (MacSegmentationException error)
            {
                Assert.Contains(error.ErrorId, (string[])["BackupDamaged", "BackupForeign", "BackupTooNew"]);
                Assert.Equal(error.ErrorId, Assert.Throws<MacSegmentationException>(() => Factory.Restore(damaged, place, force: true, cancellation: TestContext.Current.CancellationToken)).ErrorId);
            }
        }

        using var store = Factory.Open(place);
        Assert.Equal(made.Revision, store.ReadRevision());
    }

    [Theory]
    [InlineData("none", "BackupNotFound")]
    [InlineData("text", "BackupForeign")]
    [InlineData("zip", "BackupForeign")]
    [InlineData("store", "BackupForeign")]
    [InlineData("folder", "BackupUnreadable")]
    [InlineData("format", "BackupTooNew")]
    [InlineData("schema", "BackupTooNew")]
    [InlineData("swapped", "BackupDamaged")]
    [InlineData("other revision", "BackupDamaged")]
    public void What_is_no_backup_of_ours_is_refused_by_a_sentence(string what, string id)
    {
        var place = NewPlace(isServer: false);
        Fill(place);
        string given = Path.Join(folder.Folder, "given.macbak");
        switch (what)
        {
            case "text":
                File.WriteAllText(given, "Dear diary");
                break;
            case "zip":
                using (var zip = ZipFile.Open(given, ZipArchiveMode.Create))
                {
                    zip.CreateEntry("letter.txt");
                }

                break;
            case "store":
                Factory.Copy(place, new MacStoreOptions { Path = given }, cancellation: TestContext.Current.CancellationToken);
                break;
            case "folder":
                Directory.CreateDirectory(given);
                break;
            case "format" or "schema" or "swapped" or "other revision":
                Backup(place);
                Forge(given, what);
                break;
        }

        var error = Assert.Throws<MacSegmentationException>(() => Restore(place, force: true, path: given));
        Assert.Equal(id, error.ErrorId);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    private void Forge(string target, string what)
    {
        using var file = BackupFile.Open(backup);
        string database = Path.Join(folder.Folder, "forged.db");
        file.ExtractStore(database);
        var manifest = file.Manifest;
        BackupFile.Write(
            target,
            parts => what switch
            {
                "format" => manifest with { FormatVersion = BackupManifest.PresentFormat + 1, Parts = parts },
                "schema" => manifest with { SchemaVersion = StoreSchema.Current.Version + 1, Parts = parts },
                "swapped" => manifest with { Parts = [parts[0] with { Sha256 = new string('0', 64) }] },
                _ => manifest with { Revision = manifest.Revision - 1, Parts = parts },
            },
            database,
            manifest.CreatedAt);
    }

    private static string IdOf(string path) => Assert.Throws<MacSegmentationException>(() => Factory.ReadBackup(path)).ErrorId;
}
