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
}
