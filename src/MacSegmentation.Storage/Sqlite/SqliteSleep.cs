using System.Runtime.InteropServices;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>
/// How SQLite pauses. The package's library for Linux and macOS was built without HAVE_USLEEP, with which SQLite pauses for as many microseconds as it asks for;
/// without, for whole seconds. It asks for one microsecond where a reader meets a writer that changes the index of the log (walTryBeginRead in wal.c): under
/// load some readers then waited a second for nothing. So the pause of the system's interface (sqlite3_vfs.xSleep, sqlite.org/c3ref/vfs.html) is ours.
/// </summary>
internal static class SqliteSleep
{
    /// <summary>Pointers before xSleep in the structure: pNext, zName, pAppData and nine functions. Three numbers stand before them.</summary>
    private const int PointersBefore = 12;

    private const int MicrosecondsInMillisecond = 1000;

    // The library keeps its address for as long as the process lives.
    private static readonly Pause Ours = PauseFor;
    private static readonly Lazy<bool> Mended = new(Mend);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Pause(nint vfs, int microseconds);

    /// <summary>Makes sure that SQLite pauses no longer than it asks for. The library must be initialised.</summary>
    public static void Ensure() => _ = Mended.Value;

    private static bool Mend()
    {
        // Windows has one that takes milliseconds.
        if (OperatingSystem.IsWindows() || FindVfs(0) is var vfs && vfs == 0)
        {
            return false;
        }

        int numbers = 3 * sizeof(int);
        int start = (numbers + IntPtr.Size - 1) / IntPtr.Size * IntPtr.Size;
        Marshal.WriteIntPtr(vfs, start + (PointersBefore * IntPtr.Size), Marshal.GetFunctionPointerForDelegate(Ours));
        return true;
    }

    private static int PauseFor(nint vfs, int microseconds)
    {
        if (microseconds < MicrosecondsInMillisecond)
        {
            Thread.Yield();
        }
        else
        {
            Thread.Sleep(microseconds / MicrosecondsInMillisecond);
        }

        return microseconds;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint FindVfs(nint name);
}
