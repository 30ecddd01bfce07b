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
/// <param name="deadline">The longest that a call may take once the store was reached; infinite for any time.</param>
internal sealed class CentralStoreLink(Func<IMacStore> open, Action noticed, TimeSpan deadline) : IDisposable
{
    /// <summary>Calls that are left alone at most: a store that keeps more is not asked before it lets one go.</summary>
    private const int MostLeft = 4;

    private readonly Lock opening = new();
    private BoundedCall? calls;
    private int left;
    private bool wasUp;
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
            // Before it was reached for the first time nobody is kept waiting, and its tables may have to be made.
            if (deadline == Timeout.InfiniteTimeSpan || !wasUp)
            {
                result = call(Opened());
                return true;
            }

            return TryReachInTime(call, out result);
        }
        catch (MacSegmentationException error) when (IsLoss(error))
        {
            Lower(error.Message);
            result = default;
            return false;
        }
    }

    /// <summary>Lets calls be tried again.</summary>
    public void Raise()
    {
        wasUp = true;
        IsUp = true;
    }

    public void Dispose()
    {
        lock (opening)
        {
            isDisposed = true;
            IsUp = false;
            store?.Dispose();
            store = null;
            Interlocked.Exchange(ref calls, null)?.End();
        }
    }

    /// <summary>
    /// Calls the store on a thread that can be left alone with it. A store whose octets stop coming keeps its caller as long as its connection lives; what becomes of such a call is as open as that of one
    /// whose connection broke, and is found out in the same way.
    /// </summary>
    private bool TryReachInTime<T>(Func<IMacStore, T> call, out T? result)
    {
        result = default;
        if (Volatile.Read(ref left) >= MostLeft)
        {
            Lower($"It has not answered {MostLeft} calls");
            return false;
        }

        var caller = Interlocked.Exchange(ref calls, null) ?? new BoundedCall();
        bool isInTime = false;
        T? made;
        try
        {
            isInTime = caller.TryRun(() => call(Opened()), deadline, out made);
        }
        catch (MacSegmentationException)
        {
            isInTime = true;
            throw;
        }
        finally
        {
            if (isInTime && (isDisposed || Interlocked.CompareExchange(ref calls, caller, null) is not null))
            {
                caller.End();
            }
        }

        if (isInTime)
        {
            result = made;
            return true;
        }

        // Another call goes by another connection; this one's is closed when the store lets it go.
        Lower($"It did not answer within {deadline.TotalSeconds:0.#} s");
        IMacStore? stuck;
        lock (opening)
        {
            stuck = store;
            store = null;
        }

        Interlocked.Increment(ref left);
        caller.EndWith(() =>
        {
            stuck?.Dispose();
            Interlocked.Decrement(ref left);
        });
        return false;
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
            if (store is { } known)
            {
                return known;
            }
        }

        // Opening may take as long as any call: nobody waits for the lock meanwhile.
        var opened = open();
        opened.ChangeNoticed += (_, _) => noticed();
        lock (opening)
        {
            if (isDisposed || store is not null)
            {
                opened.Dispose();
                ObjectDisposedException.ThrowIf(isDisposed, this);
            }
            else
            {
                store = opened;
            }

            return store!;
        }
    }
}
