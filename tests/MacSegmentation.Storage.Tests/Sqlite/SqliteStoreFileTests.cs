using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Stores.Sessions;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;
using Microsoft.Data.Sqlite;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>What is special to a store that is a file.</summary>
public sealed class SqliteStoreFileTests : IDisposable
{
    private readonly SqliteFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void Missing_folders_are_created()
    {
        string path = Path.Join(file.Folder, "a", "b", "lab.db");
        using var store = Open(path);
        Assert.Equal(path, store.Info.Path);
        Assert.Equal("SQLite", store.Info.Provider);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void An_empty_file_becomes_a_store()
    {
        File.WriteAllBytes(file.Path, []);
        Open().Dispose();
        Assert.Equal(StoreSchema.Current.Version.ToString(), file.Query("PRAGMA user_version"));
    }

    [Fact]
    public void A_store_says_what_it_is_and_keeps_a_write_ahead_log()
    {
        Open().Dispose();
        Assert.Equal($"{0x4D414353}", file.Query("PRAGMA application_id"));
        Assert.Equal("wal", file.Query("PRAGMA journal_mode"));

        // Somebody's tool may have switched it off.
        Assert.Equal("delete", file.Query("PRAGMA journal_mode = DELETE"));
        Open().Dispose();
        Assert.Equal("wal", file.Query("PRAGMA journal_mode"));
    }

    [Fact]
    public void Nothing_but_the_store_is_left_beside_it()
    {
        using (var store = Open())
        {
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
            Assert.Equal(1, store.ReadRevision());
        }

        Assert.Equal([file.Path], Directory.GetFileSystemEntries(file.Folder));
    }

    [Fact]
    public void A_file_that_is_removed_under_an_open_store_takes_no_change_and_gives_no_answer()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows does not remove a file that is open.");
        }

        using var store = Open();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
        File.Delete(file.Path);
        Assert.Equal("StoreUnavailable", Assert.Throws<MacSegmentationException>(() => store.Write(writer => VlanCatalog.Remove(writer, 10, force: false))).ErrorId);
        Assert.Equal("StoreUnavailable", Assert.Throws<MacSegmentationException>(() => store.ReadRevision()).ErrorId);
        Assert.False(File.Exists(file.Path));
    }

    [Fact]
    public void Nothing_more_is_done_after_a_change_was_told_to_stop()
    {
        using var store = Open();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/24")] }));
        using var stopping = new CancellationTokenSource();
        int done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => store.WriteStoppable(
            writer =>
            {
                for (int i = 0; i < 100; i++)
                {
                    AddressPool.Allocate(writer, 10, $"vm-{i}");
                    if (++done == 10)
                    {
                        stopping.Cancel();
                    }
                }

                return done;
            },
            stopping.Token));
        Assert.Equal(10, done);
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
    }

    [Fact]
    public void A_store_that_cannot_be_opened_leaves_neither_file_nor_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows' names may be longer.");

        // The file can be made, and its log cannot: its name is longer.
        string path = Path.Join(file.Folder, "a", "b", new string('n', 253));
        Refuses("InvalidStorePath", MacErrorKind.InvalidArgument, path);
        Assert.Empty(Directory.GetFileSystemEntries(file.Folder));
    }

    [Fact]
    public void A_file_that_nobody_may_read_is_told_from_one_that_nobody_may_write()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        Open().Dispose();
        File.SetUnixFileMode(file.Path, UnixFileMode.None);
        Refuses("StoreAccessDenied", MacErrorKind.PermissionDenied);
    }

    [Theory]
    [InlineData("/dev/null", "device")]
    [InlineData(@"\\server\share\lab.db", "Mount the share")]
    [InlineData(@"D:\lab.db", "Windows drive")]
    public void What_is_no_path_of_a_store_here_is_named_with_the_way_out(string path, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has such paths, and not that device.");
        var error = Refuses("InvalidStorePath", MacErrorKind.InvalidArgument, path);
        Assert.StartsWith($"'{path}' is not", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(Environment.CurrentDirectory, path)));
    }

    /// <summary>Windows leaves blanks at the end of a path out, so there it is the folder.</summary>
    [Fact]
    public void A_name_of_blanks_is_refused() =>
        Refuses(OperatingSystem.IsWindows() ? "StorePathIsDirectory" : "InvalidStorePath", MacErrorKind.InvalidArgument, Path.Join(file.Folder, " "));

    [Fact]
    public void A_folder_is_refused()
    {
        var error = Refuses("StorePathIsDirectory", MacErrorKind.InvalidArgument, file.Folder);
        Assert.Contains(file.Folder, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(file.Folder));
    }

    [Fact]
    public void A_path_through_a_file_is_refused()
    {
        File.WriteAllText(file.Path, "text");
        Refuses("StoreUnavailable", MacErrorKind.Unavailable, Path.Join(file.Path, "lab.db"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_is_no_path_is_refused(string path) => Refuses("InvalidStorePath", MacErrorKind.InvalidArgument, path);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(20_000)]
    public void A_file_that_is_no_database_is_refused_and_left_alone(int length)
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', length)];
        File.WriteAllBytes(file.Path, text);
        Refuses("StoreNotADatabase", MacErrorKind.InvalidData);
        Assert.Equal(text, File.ReadAllBytes(file.Path));
    }

    [Theory]
    [InlineData("CREATE TABLE notes (text TEXT)")]
    [InlineData("PRAGMA user_version = 1")]
    [InlineData("PRAGMA application_id = 252006675")]
    public void A_database_of_another_program_is_refused_and_left_alone(string sql)
    {
        file.Query(sql);
        byte[] before = File.ReadAllBytes(file.Path);
        Refuses("StoreForeign", MacErrorKind.InvalidData);
        Assert.Equal(before, File.ReadAllBytes(file.Path));
        Assert.Equal("delete", file.Query("PRAGMA journal_mode"));
    }

    [Fact]
    public void A_store_of_a_newer_version_is_refused_with_both_versions()
    {
        Open().Dispose();
        file.Query($"PRAGMA user_version = {StoreSchema.Current.Version + 1}");
        var error = Refuses("StoreTooNew", MacErrorKind.InvalidData);
        Assert.Contains($"version {StoreSchema.Current.Version + 1}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_store_is_refused()
    {
        Open().Dispose();
        byte[] bytes = File.ReadAllBytes(file.Path);
        File.WriteAllBytes(file.Path, bytes[..(bytes.Length / 2)]);
        Refuses("StoreDamaged", MacErrorKind.InvalidData);
    }

    [Fact]
    public void A_write_protected_file_is_refused()
    {
        Open().Dispose();
        SqliteFile.Protect(file.Path, () => Refuses("StoreReadOnly", MacErrorKind.PermissionDenied));
        Open().Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_write_protected_folder_is_refused(bool exists)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no write protection of folders by mode.");
        if (exists)
        {
            Open().Dispose();
        }

        SqliteFile.Protect(file.Folder, () => Refuses("StoreReadOnly", MacErrorKind.PermissionDenied));
    }

    [Fact]
    public void A_full_disk_is_reported_and_leaves_the_store_as_it_was()
    {
        using var store = Open();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/24")] }));

        // SQLite reports a limit of its own as it reports the disk's.
        using var connection = StoreConnection.Open(StoreFile.At(file.Path, TimeSpan.FromSeconds(1)));
        connection.Execute("PRAGMA max_page_count = 1");
        connection.BeginWrite(TestContext.Current.CancellationToken);
        var error = Assert.Throws<MacSegmentationException>(() =>
        {
            var writer = new SqlStoreWriter(connection, revision: 1, DateTimeOffset.UnixEpoch, new("u", "h", "p"));
            for (int i = 0; i < 100_000; i++)
            {
                AddressPool.Allocate(writer, 10, $"vm-{i}");
            }
        });
        connection.RollBack();
        Assert.Equal("StoreFull", error.ErrorId);
        Assert.Equal(MacErrorKind.Exhausted, error.Kind);
        Assert.True(error.EndsTransaction);
        Assert.Equal(1, store.ReadRevision());
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
    }

    [Theory]
    [InlineData(SQLitePCL.raw.SQLITE_BUSY, "StoreBusy")]
    [InlineData(SQLitePCL.raw.SQLITE_READONLY, "StoreReadOnly")]
    [InlineData(SQLitePCL.raw.SQLITE_IOERR, "StoreUnavailable")]
    [InlineData(SQLitePCL.raw.SQLITE_CANTOPEN, "StoreUnavailable")]
    [InlineData(SQLitePCL.raw.SQLITE_CORRUPT, "StoreDamaged")]
    [InlineData(SQLitePCL.raw.SQLITE_BUSY_SNAPSHOT, "StoreBusy")]
    [InlineData(SQLitePCL.raw.SQLITE_IOERR_FSYNC, "StoreUnavailable")]
    public void What_SQLite_reports_becomes_a_sentence_that_ends_the_transaction(int code, string errorId)
    {
        var location = StoreFile.At(file.Path, TimeSpan.FromSeconds(30));
        var cause = new SqliteException("reason", code);
        var error = Assert.IsType<MacSegmentationException>(StoreFailure.From(location, cause));
        Assert.Equal(errorId, error.ErrorId);
        Assert.True(error.EndsTransaction);
        Assert.Same(cause, error.InnerException);
        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(file.Folder));
    }

    [Fact]
    public void A_temporary_store_is_gone_when_it_is_disposed()
    {
        string path;
        using (var store = Open(path: null))
        using (var other = Open(path: null))
        {
            path = store.Info.Path;
            Assert.NotEqual(path, other.Info.Path);
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
            Assert.Equal((1, 0), (store.ReadRevision(), other.ReadRevision()));
            Assert.True(File.Exists(path));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public void The_log_is_written_back_when_it_has_grown()
    {
        using var store = Open();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/16")] }));
        long longest = 0;
        for (int group = 0; group < 12; group++)
        {
            var instances = Enumerable.Range(0, 5000).Select(i => $"vm-{group}-{i}").ToList();
            store.WriteEach(instances, (writer, instance) => AddressPool.Allocate(writer, 10, instance));
            longest = Math.Max(longest, new FileInfo(file.Path + "-wal").Length);
        }

        // Each group adds more than a mebibyte.
        Assert.InRange(longest, 1 << 20, 8 << 20);
        Assert.Equal(60_000, store.Read(reader => reader.CountAllocations(10)));
    }

    [Fact]
    public void Removed_policies_are_forgotten_after_a_while()
    {
        using var store = Open();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
        AddAndRemovePolicy();
        AddAndRemovePolicy();
        Assert.Equal("2", file.Query("SELECT count(*) FROM removed_policy"));
        file.Query("INSERT INTO change (revision, time, user, host_name, process) SELECT max(revision) + 20000, 0, '', '', '' FROM change");
        AddAndRemovePolicy();
        Assert.Equal("1", file.Query("SELECT count(*) FROM removed_policy"));

        void AddAndRemovePolicy()
        {
            var policy = store.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Any, PolicyAction.Deny));
            store.Write(writer => PolicyList.Remove(writer, policy.PolicyId));
        }
    }

    private IMacStore Open() => Open(file.Path);

    private static IMacStore Open(string? path) => new StoreFactory().Open(new MacStoreOptions { Path = path });

    private MacSegmentationException Refuses(string errorId, MacErrorKind kind, string? path = null)
    {
        var error = Assert.Throws<MacSegmentationException>(() => Open(path ?? file.Path));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(kind, error.Kind);
        return error;
    }
}
