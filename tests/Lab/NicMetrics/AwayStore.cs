using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.NicMetrics;

/// <summary>A store that can go away for whoever writes down what it observes, and come back. It is its owner's to dispose.</summary>
internal sealed class AwayStore(IMacStore store) : IMacStore
{
    public event EventHandler? ChangeNoticed
    {
        add => store.ChangeNoticed += value;
        remove => store.ChangeNoticed -= value;
    }

    public bool IsAway { get; set; }

    public MacStoreInfo Info => store.Info;

    public TimeSpan PollingInterval => store.PollingInterval;

    public T Read<T>(Func<IStoreReader, T> query) => store.Read(query);

    public T ReadStoppable<T>(Func<IStoreReader, T> query, CancellationToken cancellation) => store.ReadStoppable(query, cancellation);

    public T Write<T>(Func<IStoreWriter, T> change) => store.Write(change);

    public T WriteStoppable<T>(Func<IStoreWriter, T> change, CancellationToken cancellation) => store.WriteStoppable(change, cancellation);

    public T Observe<T>(Func<IStoreObserver, T> observation) => IsAway
        ? throw new MacSegmentationException("StoreUnavailable", MacErrorKind.Unavailable, "The store is away.")
        : store.Observe(observation);

    public long ReadRevision() => store.ReadRevision();

    public bool IsNewest(ConfigurationSnapshot snapshot) => store.IsNewest(snapshot);

    public ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null) => store.ReadSnapshot(previous);

    public void Dispose()
    {
    }
}
