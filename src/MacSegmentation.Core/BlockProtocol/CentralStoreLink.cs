using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.BlockProtocol;

/// <summary>
/// The way to the shared store, which may be out of reach. Once a call has failed, others are not tried until the rounds of synchronization have reached it
/// again: a provider that answers alone is not slowed down by waiting for it.
/// </summary>
/// <param name="open">Opens the shared store.</param>
/// <param name="noticed">Called when the shared store has noticed that others changed it.</param>
internal sealed class CentralStoreLink(Func<IMacStore> open, Action noticed) : IDisposable
{
    private readonly Lock opening = new();
    private IMacStore? store;
    private bool isDisposed;
    private volatile bool isUp;

    /// <summary>True while calls are tried.</summary>
    public bool IsUp
    {
        get => isUp;
        private set => isUp = value;
    }

    /// <summary>Why the last call failed.</summary>
    public string Reason { get; private set; } = "It was not reached yet";

    /// <summary>True if an error says that the store could not be reached, as against that it refused something.</summary>
    public static bool IsLoss(MacSegmentationException error) => error.EndsTransaction
        || (error.Kind is MacErrorKind.Unavailable or MacErrorKind.NotFound && error.ErrorId.StartsWith("Store", StringComparison.Ordinal));

    /// <summary>Calls the store if it is up; false if it is not, or goes down with this call.</summary>
    public bool TryCall<T>(Func<IMacStore, T> call, out T? result)
    {
        if (!IsUp)
        {
            result = default;
            return false;
        }

        return TryReach(call, out result);
    }

    /// <summary>Calls the store although it was down; <see cref="Raise"/> says that it is up.</summary>
    public bool TryReach<T>(Func<IMacStore, T> call, out T? result)
    {
        try
        {
            result = call(Opened());
            return true;
        }
        catch (MacSegmentationException error) when (IsLoss(error))
        {
            Lower(error.Message);
            result = default;
            return false;
        }
    }

    /// <summary>Lets calls be tried again.</summary>
    public void Raise() => IsUp = true;

    public void Dispose()
    {
        lock (opening)
        {
            isDisposed = true;
            IsUp = false;
            store?.Dispose();
            store = null;
        }
    }

    private void Lower(string reason)
    {
        Reason = reason;
        IsUp = false;
    }

    private IMacStore Opened()
    {
        lock (opening)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (store is null)
            {
                store = open();
                store.ChangeNoticed += (_, _) => noticed();
            }

            return store;
        }
    }
}
