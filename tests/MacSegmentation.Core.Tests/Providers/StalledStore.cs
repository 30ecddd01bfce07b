using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>A store that keeps whoever changes it, as a server does that does not answer.</summary>
internal sealed class StalledStore(IMacStore store) : IMacStore
{
    private readonly ManualResetEventSlim goOn = new(initialState: true);
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public event EventHandler? ChangeNoticed
    {
        add => store.ChangeNoticed += value;
        remove => store.ChangeNoticed -= value;
    }

    public MacStoreInfo Info => store.Info;

    public TimeSpan PollingInterval => store.PollingInterval;

    /// <summary>Completed when a change is kept.</summary>
    public Task Reached => reached.Task;

    /// <summary>Completed when the store was disposed of.</summary>
    public Task Disposed => disposed.Task;

    /// <summary>Keeps changes from now on.</summary>
    public void Stall() => goOn.Reset();

    /// <summary>Lets them go on.</summary>
    public void Release() => goOn.Set();

    public T Read<T>(Func<IStoreReader, T> query) => store.Read(query);

    public T ReadStoppable<T>(Func<IStoreReader, T> query, CancellationToken cancellation) => store.ReadStoppable(query, cancellation);

    public T Write<T>(Func<IStoreWriter, T> change) => WriteStoppable(change, CancellationToken.None);

    public T WriteStoppable<T>(Func<IStoreWriter, T> change, CancellationToken cancellation)
    {
        if (!goOn.IsSet)
        {
            reached.TrySetResult();
        }

        goOn.Wait(cancellation);
        return store.WriteStoppable(change, cancellation);
    }

    public T Observe<T>(Func<IStoreObserver, T> observation) => store.Observe(observation);

    public long ReadRevision() => store.ReadRevision();

    public bool IsNewest(ConfigurationSnapshot snapshot) => store.IsNewest(snapshot);

    public ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null) => store.ReadSnapshot(previous);

    public void Dispose()
    {
        goOn.Set();
        disposed.TrySetResult();
    }
}
