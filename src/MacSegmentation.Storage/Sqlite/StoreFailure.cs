using MacSegmentation.Errors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>Turns SQLite's result codes (sqlite.org/rescode.html) into sentences.</summary>
internal static class StoreFailure
{
    public const string DamagedId = "StoreDamaged";
    public const string NotADatabaseId = "StoreNotADatabase";

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

    public static MacSegmentationException Removed(string path) =>
        Unavailable(path, "its file was removed while it was open; put it back, or connect to a store anew");

    public static MacSegmentationException Emptied(string path) =>
        Unavailable(path, "its file is empty; put back what it held, or connect to it anew, which makes a new store in it");

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

    public static MacSegmentationException TooOldToRead(string path, int found, int known) => Create(
        "StoreReadOnly",
        MacErrorKind.PermissionDenied,
        $"The store '{path}' has schema version {found}, and this version of MacSegmentation reads {known}. Connect to it once with the right to write, which brings it up to date.",
        path,
        cause: null);

    public static MacSegmentationException ConnectedToRead(string path) => Create(
        "StoreReadOnly",
        MacErrorKind.PermissionDenied,
        $"The store '{path}' cannot be changed: it was connected with -ReadOnly. Connect to it without that.",
        path,
        cause: null);

    public static MacSegmentationException NotADatabase(string path, Exception? cause = null) => Create(
        NotADatabaseId,
        MacErrorKind.InvalidData,
        $"'{path}' is not a database. Give the path of a store, or of a file that does not exist yet.",
        path,
        cause);

    public static MacSegmentationException Damaged(string path, string why, Exception? cause = null) => Create(
        DamagedId,
        MacErrorKind.InvalidData,
        $"The store '{path}' is damaged: {why}. Restore it from a copy, or recover it with the .recover command of SQLite's shell.",
        path,
        cause);

    public static MacSegmentationException NotAPath(string path, FileFault fault, Exception? cause = null) => Create(
        "InvalidStorePath", fault.Kind, $"'{path}' is not the path of a store: {fault.Reason}. {fault.WayOut}", path, cause);

    /// <summary>The error for a file or folder that the system did not let be created.</summary>
    public static MacSegmentationException CannotCreate(string path, Exception cause) => FileFault.Of(path, cause) switch
    {
        { Kind: MacErrorKind.PermissionDenied } when cause is UnauthorizedAccessException => ReadOnly(path, "the right to make files or folders on the way to it is missing", cause),
        { Kind: MacErrorKind.PermissionDenied } fault => ReadOnly(path, fault.Reason, cause),
        { Kind: MacErrorKind.InvalidArgument } fault => NotAPath(path, fault, cause),
        { Kind: MacErrorKind.Exhausted } => Full(path, cause),
        { Kind: MacErrorKind.InUse } => InUse(path, cause),
        var fault => Unavailable(path, fault.Reason, cause),
    };

    /// <summary>The error for a file that is there, and that the system does not let be read.</summary>
    private static MacSegmentationException CannotRead(string path, Exception? cause) =>
        cause is not null && FileFault.Of(path, cause) is { Kind: not MacErrorKind.PermissionDenied } ? CannotCreate(path, cause) : Unreadable(path, cause);

    public static MacSegmentationException Unreadable(string path, Exception? cause = null) => Create(
        "StoreAccessDenied",
        MacErrorKind.PermissionDenied,
        $"The store '{path}' may not be read: this user does not have the right to it. Ask its owner for the right, or give another path.",
        path,
        cause);

    private static MacSegmentationException InUse(string path, Exception cause) => Create(
        "StoreInUse",
        MacErrorKind.InUse,
        $"The store '{path}' is held by another program, which lets nobody else read it. Close it there, then try again.",
        path,
        cause);

    private static MacSegmentationException Full(string path, Exception cause) => Create(
        "StoreFull",
        MacErrorKind.Exhausted,
        $"The disk of the store '{path}' is full; nothing was changed. Make room on it, then try again.",
        path,
        cause);

    /// <summary>The error for a result code; SQLite's own exception where the program, not its surroundings, is at fault.</summary>
    /// <remarks>The low octet is the primary code; what stands above it, in an extended code, only refines it.</remarks>
    public static Exception From(StoreFile file, SqliteException error) => (error.SqliteErrorCode & 0xFF) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => Busy(file, error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            ReadOnly(file.Path, "the file, its folder or its file system is read-only for this user", error),
        raw.SQLITE_CANTOPEN => CannotOpen(file, error),
        raw.SQLITE_FULL => Full(file.Path, error),
        raw.SQLITE_NOTADB => NotADatabase(file.Path, error),
        raw.SQLITE_CORRUPT => Damaged(file.Path, "SQLite finds its pages in disorder", error),
        raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_NOLFS => Unavailable(file.Path, error.Message, error),
        _ => error,
    };

    private static MacSegmentationException CannotOpen(StoreFile file, SqliteException error)
    {
        // SQLite says the same whether a file cannot be made, cannot be read or cannot be reached; trying it tells which.
        try
        {
            if (File.Exists(file.Path))
            {
                try
                {
                    File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete).Dispose();
                }
                catch (Exception cause) when (FileFault.IsOfFile(cause))
                {
                    return CannotRead(file.Path, cause);
                }
            }

            if (file.IsReadOnly)
            {
                return Unavailable(file.Path, error.Message, error);
            }

            File.OpenHandle(file.Path + "-probe", FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose).Dispose();
            return Unavailable(file.Path, error.Message, error);
        }
        catch (Exception cause) when (FileFault.IsOfFile(cause))
        {
            return CannotCreate(file.Path, cause);
        }
    }

    private static MacSegmentationException Create(string id, MacErrorKind kind, string message, string path, Exception? cause) =>
        new(id, kind, message, path, cause) { EndsTransaction = true };
}
