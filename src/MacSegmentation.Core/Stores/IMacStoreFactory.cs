using MacSegmentation.Backups;
using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>Opens stores. The way from PowerShell's load context to an assembly that brings packages.</summary>
public interface IMacStoreFactory
{
    /// <summary>Opens a store; creates it on first use; migrates an older schema forward.</summary>
    /// <param name="options">How.</param>
    /// <exception cref="MacSegmentationException">
    /// StorePathIsDirectory, StoreReadOnly, StoreNotADatabase, StoreForeign (a database of another program), StoreTooNew (written by a
    /// newer version), StoreNotFound (there is none, and it must exist), StoreDamaged, InvalidStorePath, StoreBusy, StoreFull, StoreUnavailable; of a server also InvalidConnectionString,
    /// StoreAccessDenied, StoreDatabaseNotFound, StoreServerTooOld, StoreEncodingUnsupported.
    /// </exception>
    IMacStore Open(MacStoreOptions options);

    /// <summary>
    /// Copies all that a store holds to a place where there is none yet, or an empty one: a file or a server's database to either. What is copied is the
    /// store itself: numbers, revision, audit and identity stay, and providers go on with the copy as with the source. The source stays as it is.
    /// </summary>
    /// <param name="source">The store, which must exist.</param>
    /// <param name="destination">The place of the copy.</param>
    /// <param name="progress">Told now and then how far it has come; null to tell nobody.</param>
    /// <param name="cancellation">Ends the copying; what was made for the copy is removed, but for an empty store on a server.</param>
    /// <exception cref="MacSegmentationException">
    /// StoresAreTheSame, StoreNotEmpty; StoreCopyDiffers: what was written is not what was read, and was not kept; and what <see cref="Open"/> may say.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    MacStoreCopy Copy(MacStoreOptions source, MacStoreOptions destination, Action<StoreCopyProgress>? progress = null, CancellationToken cancellation = default);

    /// <summary>
    /// Writes all that a store holds to one file, as it is at one revision, whoever writes meanwhile: handles, blocks and clients too. It is there whole or not at all. It holds no secret:
    /// of the clients' tokens the store itself has digests only.
    /// </summary>
    /// <param name="source">The store, which must exist.</param>
    /// <param name="path">The file. A backup that is there is replaced when the new one is whole; any other file is left alone.</param>
    /// <param name="mayReplace">False to leave a backup alone, too.</param>
    /// <param name="progress">Told now and then how far it has come; null to tell nobody.</param>
    /// <param name="cancellation">Ends it; nothing is left then.</param>
    /// <exception cref="MacSegmentationException">BackupExists, BackupUnwritable, and what <see cref="Open"/> may say.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    MacStoreBackup Backup(MacStoreOptions source, string path, bool mayReplace = true, Action<StoreCopyProgress>? progress = null, CancellationToken cancellation = default);

    /// <summary>Reads what a backup says of itself, and makes sure that it is whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MacSegmentationException">
    /// BackupNotFound, BackupUnreadable; BackupForeign (another file), BackupDamaged (cut short or changed), BackupTooNew (of a newer version of the program).
    /// </exception>
    MacStoreBackup ReadBackup(string path);

    /// <summary>What a restore would forget of what is in use in a store as it is. A store that does not exist, or is empty, loses nothing.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="destination">The store.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="MacSegmentationException">As <see cref="ReadBackup"/>, and what <see cref="Open"/> may say.</exception>
    IReadOnlyList<MacRestoreLoss> FindRestoreLosses(string path, MacStoreOptions destination, CancellationToken cancellation = default);

    /// <summary>
    /// Makes a store what a backup holds, whole or not at all: the backup is checked before the store is touched, and the store is changed in one transaction. Enforcers and providers that
    /// use it notice. The restoring is a change of its own.
    /// </summary>
    /// <param name="path">The backup.</param>
    /// <param name="destination">The store; it is made if there is none.</param>
    /// <param name="force">True to replace a store that holds something.</param>
    /// <param name="reason">Why, for the audit; null for no reason.</param>
    /// <param name="progress">Told now and then how far it has come; null to tell nobody.</param>
    /// <param name="cancellation">Ends it; the store is as it was then.</param>
    /// <exception cref="MacSegmentationException">
    /// RestoreWouldReplaceStore; RestoreWouldLoseAddresses: something is in use that the backup does not know; and as <see cref="FindRestoreLosses"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    MacStoreRestore Restore(
        string path, MacStoreOptions destination, bool force = false, string? reason = null, Action<StoreCopyProgress>? progress = null, CancellationToken cancellation = default);
}
