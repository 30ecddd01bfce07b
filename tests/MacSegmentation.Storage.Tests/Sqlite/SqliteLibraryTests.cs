using System.Runtime.InteropServices;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>What the store relies on in the library of SQLite that its packages bring.</summary>
public sealed class SqliteLibraryTests : IDisposable
{
    private readonly SqliteFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void A_store_says_which_SQLite_keeps_it()
    {
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = file.Path });
        Assert.True(Version.Parse(store.Info.ProviderVersion) >= new Version(3, 53), $"SQLite {store.Info.ProviderVersion}");
        Assert.Equal(file.Query("SELECT sqlite_version()"), store.Info.ProviderVersion);
    }

    /// <summary>
    /// A library that was built without nanosleep or usleep pauses for whole seconds. It asks for one microsecond where a reader meets a writer
    /// that changes the index of the log (walTryBeginRead in wal.c), which happens under load: such a library would have readers wait a second.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1500)]
    public unsafe void The_library_pauses_for_what_it_asks_for(int microseconds)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows SQLite's pause takes milliseconds.");
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = file.Path });

        // sqlite3_vfs (sqlite.org/c3ref/vfs.html): three numbers, then pointers, of which xSleep is the thirteenth. It says for how long it has paused.
        nint vfs = FindVfs(0);
        var pause = (delegate* unmanaged[Cdecl]<nint, int, int>)Marshal.ReadIntPtr(vfs, 16 + (12 * IntPtr.Size));
        Assert.Equal(microseconds, pause(vfs, microseconds));
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint FindVfs(nint name);
}
