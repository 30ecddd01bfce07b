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
}
