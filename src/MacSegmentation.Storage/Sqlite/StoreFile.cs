using MacSegmentation.Errors;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>Where a store is, checked before SQLite sees it: SQLite's own answers do not tell a user what is wrong with a path.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="BusyTimeout">How long to wait for other processes.</param>
/// <param name="IsTemporary">True if file and folder go when the store is disposed.</param>
/// <param name="IsReadOnly">True to read it only.</param>
internal sealed record StoreFile(string Path, TimeSpan BusyTimeout, bool IsTemporary = false, bool IsReadOnly = false)
{
    private const UnixFileMode AnyRead = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>SQLite's write-ahead log.</summary>
    public string LogPath { get; } = Path + "-wal";

    /// <summary>What SQLite's connections to the file share of the log: which of its frames are where, and who reads and writes.</summary>
    public string IndexPath { get; } = Path + "-shm";

    public static StoreFile CreateTemporary(TimeSpan busyTimeout) =>
        new(System.IO.Path.Join(Directory.CreateTempSubdirectory("macsegmentation-").FullName, "store.db"), busyTimeout, IsTemporary: true);

    /// <summary>Checks the path and creates its folder, unless it is to be read only.</summary>
    public static StoreFile At(string path, TimeSpan busyTimeout, bool isReadOnly = false)
    {
        if (FileFault.OfForeign(path) is { } foreign)
        {
            throw StoreFailure.NotAPath(path, foreign);
        }

        path = FullPath(path);
        if (FileFault.IsDevice(path))
        {
            throw StoreFailure.NotAPath(path, new FileFault(MacErrorKind.InvalidArgument, "it is a device, and a store is a file", "Give the path of a file, such as ./lab.db."));
        }

        if (string.IsNullOrWhiteSpace(System.IO.Path.GetFileName(path)) && !Directory.Exists(path))
        {
            throw NotAPath(path, cause: null);
        }

        if (Directory.Exists(path))
        {
            throw new MacSegmentationException(
                "StorePathIsDirectory",
                MacErrorKind.InvalidArgument,
                $"'{path}' is a folder, and a store is a file. Give a file in it, such as {System.IO.Path.Join(path, "macsegmentation.db")}.",
                path);
        }

        var file = new StoreFile(path, busyTimeout, IsReadOnly: isReadOnly);
        if (isReadOnly)
        {
            return file;
        }

        string folder = System.IO.Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & AnyRead) == UnixFileMode.None)
            {
                throw StoreFailure.Unreadable(path);
            }

            if (IsWriteProtected(path))
            {
                throw StoreFailure.ReadOnly(path, "the file is write-protected");
            }

            // SQLite takes a file of one byte for an empty one. The file must not be opened to look at it: closing it again would end the
            // locks that other stores of this process hold on it (sqlite.org/howtocorrupt.html, section 2.2).
            if (new FileInfo(path) is { Exists: true, Length: 1 })
            {
                throw StoreFailure.NotADatabase(path);
            }

            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & AnyWrite) == UnixFileMode.None)
            {
                throw StoreFailure.ReadOnly(path, "its folder is write-protected, and SQLite keeps its log there");
            }
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            throw StoreFailure.CannotCreate(path, error);
        }

        return file;
    }

    public void DeleteIfTemporary()
    {
        if (IsTemporary)
        {
            Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
        }
    }

    /// <summary>
    /// True if nobody may write the file. The administrator of a Unix could write it all the same, but whoever protected it meant it.
    /// What the present user in particular may not write, SQLite finds out.
    /// </summary>
    private static bool IsWriteProtected(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        return OperatingSystem.IsWindows()
            ? File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly)
            : (File.GetUnixFileMode(path) & AnyWrite) == UnixFileMode.None;
    }

    public static string FullPath(string path)
    {
        try
        {
            return System.IO.Path.GetFullPath(path);
        }
        catch (ArgumentException error)
        {
            throw NotAPath(path, error);
        }
    }

    private static MacSegmentationException NotAPath(string path, Exception? cause) => new(
        "InvalidStorePath", MacErrorKind.InvalidArgument, $"'{path}' is not a path. Give the path of a file, such as ./lab.db.", path, cause);
}
