using MacSegmentation.Errors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>Turns SQLite's result codes (sqlite.org/rescode.html) into sentences.</summary>
internal static class StoreFailure
{
    // EROFS on Linux and macOS; ERROR_WRITE_PROTECT on Windows, as its HRESULT.
    private const int ReadOnlyFileSystem = 30;
    private const int WriteProtectedMedium = unchecked((int)0x80070013);

    public static MacSegmentationException ReadOnly(string path, string why, Exception? cause = null) => Create(
        "StoreReadOnly",
        MacErrorKind.PermissionDenied,
        $"The store '{path}' cannot be written: {why}. Grant the right to write, or give another path.",
        path,
        cause);

    public static MacSegmentationException NotFound(string path) => Create(
        "StoreNotFound",
        MacErrorKind.NotFound,
        $"The store {path} does not exist. Make it with macseg apply --store {path} FILE.json, or with Connect-MacStore.",
        path,
        cause: null);

    public static MacSegmentationException Unavailable(string path, string why, Exception? cause = null) => Create(
        "StoreUnavailable",
        MacErrorKind.Unavailable,
        $"The store '{path}' cannot be reached: {why.TrimEnd('.')}. Check the path and the disk, then try again.",
        path,
        cause);

    public static MacSegmentationException Busy(StoreFile file, Exception? cause = null) => Create(
        "StoreBusy",
        MacErrorKind.Unavailable,
        $"The store '{file.Path}' was kept by other writers for {file.BusyTimeout.TotalSeconds:0.###} s. Try again, or end the program that keeps it.",
        file.Path,
        cause);

    public static MacSegmentationException NotADatabase(string path, Exception? cause = null) => Create(
        "StoreNotADatabase",
        MacErrorKind.InvalidData,
        $"'{path}' is not a database. Give the path of a store, or of a file that does not exist yet.",
        path,
        cause);

    public static MacSegmentationException Damaged(string path, string why, Exception? cause = null) => Create(
        "StoreDamaged",
        MacErrorKind.InvalidData,
        $"The store '{path}' is damaged: {why}. Restore it from a copy, or recover it with the .recover command of SQLite's shell.",
        path,
        cause);

    /// <summary>The error for a file or folder that the system did not let be created.</summary>
    public static MacSegmentationException CannotCreate(string path, Exception cause) => cause switch
    {
        UnauthorizedAccessException => ReadOnly(path, "the right to make files or folders on the way to it is missing", cause),
        IOException { HResult: ReadOnlyFileSystem or WriteProtectedMedium } => ReadOnly(path, "its file system is read-only", cause),
        _ => Unavailable(path, cause.Message, cause),
    };

    /// <summary>The error for a result code; SQLite's own exception where the program, not its surroundings, is at fault.</summary>
    /// <remarks>The low octet is the primary code; what stands above it, in an extended code, only refines it.</remarks>
    public static Exception From(StoreFile file, SqliteException error) => (error.SqliteErrorCode & 0xFF) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => Busy(file, error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            ReadOnly(file.Path, "the file, its folder or its file system is read-only for this user", error),
        raw.SQLITE_CANTOPEN => CannotOpen(file, error),
        raw.SQLITE_FULL => Create(
            "StoreFull",
            MacErrorKind.Exhausted,
            $"The disk of the store '{file.Path}' is full; nothing was changed. Make room on it, then try again.",
            file.Path,
            error),
        raw.SQLITE_NOTADB => NotADatabase(file.Path, error),
        raw.SQLITE_CORRUPT => Damaged(file.Path, "SQLite finds its pages in disorder", error),
        raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_NOLFS => Unavailable(file.Path, error.Message, error),
        _ => error,
    };

    private static MacSegmentationException CannotOpen(StoreFile file, SqliteException error)
    {
        // SQLite says the same whether a file cannot be made or cannot be reached; making one tells which.
        try
        {
            File.OpenHandle(file.Path + "-probe", FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose).Dispose();
            return Unavailable(file.Path, error.Message, error);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return CannotCreate(file.Path, cause);
        }
    }

    private static MacSegmentationException Create(string id, MacErrorKind kind, string message, string path, Exception? cause) =>
        new(id, kind, message, path, cause) { EndsTransaction = true };
}
