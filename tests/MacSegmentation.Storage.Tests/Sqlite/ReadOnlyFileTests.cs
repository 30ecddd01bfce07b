using MacSegmentation.Errors;
using MacSegmentation.Stores.Schema;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>Stores in files that are read and never written.</summary>
public sealed class ReadOnlyFileTests : IDisposable
{
    private readonly SqliteFile file = new();

    public void Dispose() => file.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_may_only_read_reads_and_is_refused_a_change(bool isFolderWritable)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "The administrator may write whatever is protected; the next test has what he sees.");
        using (var store = Open())
        {
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
        }

        SqliteFile.Protect(file.Path, () =>
        {
            if (isFolderWritable)
            {
                ReadsOnly();
            }
            else
            {
                SqliteFile.Protect(file.Folder, ReadsOnly);
            }
        });
    }

    [Fact]
    public void A_store_that_is_read_only_follows_changes_and_makes_none()
    {
        using var store = Open();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
        using var reading = OpenToRead();
        var before = reading.ReadSnapshot();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 20 }));
        Assert.False(reading.IsNewest(before));
        Assert.Equal(2, reading.ReadSnapshot(before).Vlans.Length);
        SqliteFile.Protect(file.Path, ReadsOnly);
    }

    [Fact]
    public void Who_reads_only_leaves_nothing_beside_the_file_and_sees_what_a_writer_does_who_comes_later()
    {
        using (var first = Open())
        {
            first.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
        }

        using var reading = OpenToRead();
        Assert.Single(reading.ReadSnapshot().Vlans);
        Assert.Equal([file.Path], Directory.GetFileSystemEntries(file.Folder));
        using (var writing = Open())
        {
            writing.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 20 }));
            Assert.Equal(2, reading.ReadSnapshot().Vlans.Length);
        }

        Assert.Equal(2, reading.ReadSnapshot().Vlans.Length);
    }

    [Fact]
    public void What_is_to_be_read_only_is_neither_made_nor_brought_up_to_date()
    {
        Assert.Equal("StoreNotFound", Assert.Throws<MacSegmentationException>(OpenToRead).ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(file.Folder));

        Open().Dispose();
        file.Query($"PRAGMA user_version = {StoreSchema.Current.Version - 1}");
        var error = Assert.Throws<MacSegmentationException>(OpenToRead);
        Assert.Equal(("StoreReadOnly", MacErrorKind.PermissionDenied), (error.ErrorId, error.Kind));
        Assert.Contains("with the right to write", error.Message, StringComparison.Ordinal);
    }

    private IMacStore Open() => new StoreFactory().Open(new MacStoreOptions { Path = file.Path });

    private IMacStore OpenToRead() => new StoreFactory().Open(new MacStoreOptions { Path = file.Path, IsReadOnly = true });

    private void ReadsOnly()
    {
        using var store = OpenToRead();
        Assert.True(store.Info.IsReadOnly);
        Assert.Equal(10, store.Read(reader => reader.ListVlans())[0].VlanId);
        long revision = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(() => store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 30 })));
        Assert.Equal(("StoreReadOnly", MacErrorKind.PermissionDenied), (error.ErrorId, error.Kind));
        Assert.Contains("-ReadOnly", error.Message, StringComparison.Ordinal);
        Assert.Throws<MacSegmentationException>(() => store.Observe(_ => 0));
        Assert.Equal(revision, store.ReadRevision());
    }
}
