using System.Runtime.InteropServices;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>SQLite pauses for as long as it asks for, and not for the next whole second.</summary>
public sealed class SqliteSleepTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1500)]
    public unsafe void The_library_pauses_for_what_it_asks_for(int microseconds)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows SQLite's own pause takes milliseconds.");
        using var file = new SqliteFile();
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = file.Path });
        nint vfs = FindVfs(0);
        var pause = (delegate* unmanaged[Cdecl]<nint, int, int>)Marshal.ReadIntPtr(vfs, 16 + (12 * IntPtr.Size));

        // It says for how long it has paused: without the mending, for a second.
        Assert.Equal(microseconds, pause(vfs, microseconds));
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint FindVfs(nint name);
}
