using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision;

/// <summary>
/// A provider's own store as the one of a process: what is being decided is known to that process only, and another one would tell it to devices as if it held.
/// The system lets go of it when the process ends, however it does.
/// </summary>
internal static class ReplicaLock
{
    /// <summary>Takes a provider's own store.</summary>
    /// <param name="home">The store.</param>
    /// <param name="provider">The provider.</param>
    /// <returns>Gives it back when it is disposed; null if it is on a server.</returns>
    /// <exception cref="MacSegmentationException">ProviderHomeInUse.</exception>
    public static IDisposable? Take(MacStoreInfo home, string provider)
    {
        if (!File.Exists(home.Path))
        {
            return null;
        }

        try
        {
            // Beside the store, which SQLite locks and lets go of as it needs. It is left there: one that is removed could be held by two.
            return new FileStream($"{home.Path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (FileFault.IsOfFile(error) && FileFault.Of(home.Path, error) is { Kind: not MacErrorKind.InUse } fault)
        {
            throw new MacSegmentationException(
                "StoreUnavailable", fault.Kind, $"The lock of the store '{home.Path}' cannot be had: {fault.Reason}. {fault.WayOut}", provider, error);
        }
        catch (IOException error)
        {
            throw new MacSegmentationException(
                "ProviderHomeInUse",
                MacErrorKind.InUse,
                $"The store '{home.Path}' is in use: another process answers devices from it. End that process first, or give provider '{provider}' its own.",
                provider,
                error);
        }
    }
}
