using MacSegmentation.Errors;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>Where a store is, checked before SQLite sees it: SQLite's own answers do not tell a user what is wrong with a path.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="BusyTimeout">How long to wait for other processes.</param>
/// <param name="IsTemporary">True if file and folder go when the store is disposed.</param>
internal sealed record StoreFile(string Path, TimeSpan BusyTimeout, bool IsTemporary)
{
    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>SQLite's write-ahead log.</summary>
    public string LogPath => Path + "-wal";

    public static StoreFile CreateTemporary(TimeSpan busyTimeout) =>
        new(System.IO.Path.Join(Directory.CreateTempSubdirectory("macsegmentation-").FullName, "store.db"), busyTimeout, IsTemporary: true);

    /// <summary>Checks the path and creates its folder.</summary>
    public static StoreFile At(string path, TimeSpan busyTimeout)
    {
        path = FullPath(path);
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

        string folder = System.IO.Path.GetDirectoryName(path)!;
        var file = new StoreFile(path, busyTimeout, IsTemporary: false);
        try
        {
            Directory.CreateDirectory(folder);
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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StoreFailure.CannotCreate(path, error);
        }

        return file;
    }

    /// <summary>
    /// Makes sure that the file still has its name. A Unix lets SQLite go on with a file that was deleted: every change would succeed, and be
    /// gone with the process.
    /// </summary>
    public void RequirePresence()
    {
        if (!File.Exists(Path))
        {
            throw StoreFailure.Unavailable(Path, "its file was removed while it was open; connect to it anew");
        }
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

    private static string FullPath(string path)
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
