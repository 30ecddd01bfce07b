using MacSegmentation.Auditing;
using MacSegmentation.Backups;
using MacSegmentation.Stores.Copying;
using MacSegmentation.Stores.Sessions;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Sqlite;

namespace MacSegmentation.Stores.Backups;

/// <summary>
/// A backup that is being restored: checked as a whole and unpacked before the store is touched, then copied to it in one transaction, in which it is also seen what would be lost.
/// Nobody can give out anything in between, and what ends the process leaves the store as it was or as it is to be.
/// </summary>
internal sealed class StoreRestore : IDisposable
{
    private readonly WorkFolder work;
    private readonly ISqlStore backup;

    private StoreRestore(WorkFolder work, ISqlStore backup, MacStoreBackup described)
    {
        this.work = work;
        this.backup = backup;
        Described = described;
    }

    /// <summary>What the backup says of itself.</summary>
    public MacStoreBackup Described { get; }

    /// <summary>Checks and unpacks a backup.</summary>
    public static StoreRestore Open(string path)
    {
        path = StoreFile.FullPath(path);
        using var file = BackupFile.Open(path);
        var work = WorkFolder.Temporary();
        try
        {
            string database = Path.Join(work.Path, BackupFile.StoreName);
            file.ExtractStore(database);
            var backup = new SqliteStoreFactory(StoreSchema.Current).Open(new MacStoreOptions { Path = database, MustExist = true });
            if (backup.ReadTables(StoredMark.ReadNewest) == new Transactions.StoreMark(file.Manifest.Revision, file.Manifest.Token))
            {
                return new StoreRestore(work, backup, file.Describe());
            }

            backup.Dispose();
            throw BackupFailure.Damaged(path, "its store stands at another revision than its manifest says");
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }

    /// <summary>What the store would forget.</summary>
    public IReadOnlyList<MacRestoreLoss> FindLosses(ISqlStore destination, CancellationToken cancellation) =>
        backup.ReadTables(from => destination.ReadTables(to => RestoreLosses.Find(Reader(to), Reader(from), cancellation)));

    /// <summary>Restores.</summary>
    public MacStoreRestore Run(ISqlStore destination, MacStoreOptions options, bool force, string? reason, Action<StoreCopyProgress>? progress, CancellationToken cancellation)
    {
        long? replaced = null;
        long revision = 0;
        IReadOnlyList<MacRestoreLoss> losses = [];
        var copy = new StoreCopy(backup, destination, progress, cancellation)
        {
            Replacing = (from, to) =>
            {
                AuditRules.Begin(Writer(to, options), reason);
                replaced = SqlStoreReader.ReadRevision(to);
                losses = RestoreLosses.Find(Reader(to), Reader(from), cancellation);
                if (!force)
                {
                    throw losses.Count > 0
                        ? BackupFailure.WouldLose(destination.Info.Path, replaced.Value, Described, losses)
                        : BackupFailure.WouldReplaceStore(destination.Info.Path, replaced.Value, Described);
                }
            },
            Completing = to =>
            {
                StoredPlace.CountRestore(to);
                revision = Audit(to, options, replaced, losses.Count, reason);
            },
        }.Run();
        return new MacStoreRestore
        {
            Path = Described.Path,
            Destination = destination.Info.Path,
            BackupRevision = Described.Revision,
            CreatedAt = Described.CreatedAt,
            ReplacedRevision = replaced,
            Revision = revision,
            Rows = copy.Rows,
            Lost = losses.Count,
        };
    }

    public void Dispose()
    {
        backup.Dispose();
        work.Dispose();
    }

    private long Audit(SqlConnection connection, MacStoreOptions options, long? replaced, int lost, string? reason)
    {
        var writer = Writer(connection, options);
        writer.Reason = AuditRules.Normalize(reason);
        string instead = replaced is { } before ? $" in place of revision {before}" : string.Empty;
        string without = lost > 0 ? $", without {lost} that were in use" : string.Empty;
        writer.AppendAudit(new AuditEntry(
            AuditAction.RestoreStore, 0, Path.GetFileName(Described.Path), $"revision {Described.Revision} of {Described.CreatedAt.UtcDateTime:u}{instead}{without}"));
        writer.Complete();
        return writer.NewRevision;
    }

    private static SqlStoreWriter Writer(SqlConnection connection, MacStoreOptions options) =>
        new(connection, SqlStoreReader.ReadRevision(connection), StoredTime.Now(options.TimeProvider), options.Actor);

    private static SqlStoreReader Reader(SqlConnection connection) => new(connection, SqlStoreReader.ReadRevision(connection), now: default);
}
