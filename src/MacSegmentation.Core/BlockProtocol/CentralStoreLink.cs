using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Transactions;

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

    /// <summary>
    /// The newest revision of the shared store that is known here. Every transaction first makes sure that the store stands on it: one that was restored, or a standby that was behind, has
    /// forgotten what it was told since, although it has the same identity.
    /// </summary>
    public StoreMark? Mark { get; private set; }

    /// <summary>True if the shared store does not stand on <see cref="Mark"/>: nothing is done there before <see cref="StartFrom"/>.</summary>
    public bool HasLostHistory { get; private set; }

    /// <summary>True if others changed the shared store since <see cref="ForgetNews"/>, as far as a transaction has seen.</summary>
    public bool HasNews { get; private set; } = true;

    /// <summary>Says that what others changed up to the last transaction is known.</summary>
    public void ForgetNews() => HasNews = false;

    /// <summary>Says that not all that others changed is known.</summary>
    public void KeepNews() => HasNews = true;

    /// <summary>Says what is known of the shared store's history.</summary>
    /// <param name="mark">The newest revision that is known; null if nothing is.</param>
    public void StartFrom(StoreMark? mark)
    {
        Mark = mark;
        HasLostHistory = false;
        HasNews = true;
    }

    /// <summary>Changes the store if it is up; false if it is not, or goes down with this call.</summary>
    public bool TryWriteIfUp<T>(Func<IStoreWriter, T> change, out T? result)
    {
        result = default;
        return IsUp && TryWrite(change, out result);
    }

    /// <summary>Changes the store although it was down; <see cref="Raise"/> says that it is up.</summary>
    public bool TryWrite<T>(Func<IStoreWriter, T> change, out T? result) => TryInHistory(store => store.Write(writer => InHistory(writer, change)), out result);

    /// <summary>Reads the store although it was down.</summary>
    public bool TryRead<T>(Func<IStoreReader, T> query, out T? result) => TryInHistory(store => store.Read(reader => InHistory(reader, query)), out result);

    /// <summary>Writes down in the store what is observed, although it was down.</summary>
    public bool TryObserve<T>(Func<IStoreObserver, T> observation, out T? result) => TryInHistory(store => store.Observe(observer => InHistory(observer, observation)), out result);

    /// <summary>Calls the store although it was down, whatever its history.</summary>
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

    private bool TryInHistory<T>(Func<IMacStore, (T Result, StoreMark? Mark, bool HasNews)> call, out T? result)
    {
        if (!TryReach(call, out var answer))
        {
            result = default;
            return false;
        }

        result = answer.Result;
        HasNews |= answer.HasNews;
        if (answer.Mark is null)
        {
            HasLostHistory = true;
            Lower("It went back to an earlier state");
            noticed();
            return false;
        }

        Mark = answer.Mark;
        return true;
    }

    /// <summary>Does something on the history that is known, and nothing on another.</summary>
    private (T Result, StoreMark? Mark, bool HasNews) InHistory<TTransaction, T>(TTransaction transaction, Func<TTransaction, T> work)
        where TTransaction : ITransaction
    {
        if (HasLostHistory || (Mark is { } mark && !transaction.StandsOn(mark)))
        {
            return (default!, null, true);
        }

        // What this link wrote itself last is the newest revision, unless others wrote since.
        bool hasNews = transaction.Revision != Mark?.Revision;
        var result = work(transaction);
        return (result, transaction.ReadMark(), hasNews);
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
