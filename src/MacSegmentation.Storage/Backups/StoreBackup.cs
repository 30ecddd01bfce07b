using MacSegmentation.Backups;
using MacSegmentation.Errors;
using MacSegmentation.Stores.Copying;
using MacSegmentation.Stores.Sessions;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Sqlite;

namespace MacSegmentation.Stores.Backups;

/// <summary>Makes a backup of a store: a copy of it in a SQLite file, compared with it, in an archive with a manifest.</summary>
internal static class StoreBackup
{
    /// <summary>Makes the backup. It gets its name when it is whole and on the disk.</summary>
    public static MacStoreBackup Make(ISqlStore from, string path, bool mayReplace, TimeProvider clock, Action<StoreCopyProgress>? progress, CancellationToken cancellation)
    {
        path = FullPath(path);
        try
        {
            RequirePlace(path, mayReplace);
            using var work = WorkFolder.Beside(path);
            string database = Path.Join(work.Path, BackupFile.StoreName);
            var now = StoredTime.Now(clock);
            var manifest = Copy(from, database, now, progress, cancellation);
            string unfinished = Path.Join(work.Path, "backup");
            BackupFile.Write(unfinished, manifest, database, now);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(unfinished, File.Exists(path) ? File.GetUnixFileMode(path) : UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            cancellation.ThrowIfCancellationRequested();
            File.Move(unfinished, path, overwrite: mayReplace);
            using var made = BackupFile.Open(path);
            return made.Describe();
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            throw BackupFailure.Unwritable(path, FileFault.Of(path, error), error);
        }
    }

    private static string FullPath(string path) =>
        FileFault.OfForeign(path) is { } foreign ? throw BackupFailure.Unwritable(path, foreign) : StoreFile.FullPath(path);

    private static void RequirePlace(string path, bool mayReplace)
    {
        if (Directory.Exists(path) || FileFault.IsDevice(path))
        {
            throw BackupFailure.Unwritable(path, new FileFault(MacErrorKind.InvalidArgument, Directory.Exists(path) ? "it is a directory" : "it is a device", "Give a file, such as ./night.macbak."));
        }

        if (Path.Exists(path) && !mayReplace)
        {
            throw BackupFailure.Exists(path);
        }

        if (Path.Exists(path) && !BackupFile.IsBackup(path))
        {
            throw BackupFailure.WouldReplaceFile(path);
        }
    }

    private static Func<IReadOnlyList<BackupPart>, BackupManifest> Copy(
        ISqlStore from, string database, DateTimeOffset now, Action<StoreCopyProgress>? progress, CancellationToken cancellation)
    {
        using var to = new SqliteStoreFactory(StoreSchema.Current).Open(new MacStoreOptions { Path = database });
        var copy = new StoreCopy(from, to, progress, cancellation).Run();
        var (storeId, mark, tables) = to.ReadTables(connection => (
            new SqlStoreReader(connection, revision: 0, now).StoreId,
            StoredMark.ReadNewest(connection),
            StoreCatalog.Tables.ToDictionary(table => table.Name, table => Count(connection, table), StringComparer.Ordinal)));
        return parts => new BackupManifest(
            BackupManifest.PresentFormat, now, from.Info.Path, from.Info.Provider, to.Info.SchemaVersion, storeId, mark.Revision, mark.Token, copy.Digest, tables, parts);
    }

    private static long Count(SqlConnection connection, StoreTable table)
    {
        using var count = connection.PrepareOnce(table.Count);
        return count.Scalar();
    }
}
