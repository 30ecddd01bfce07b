using MacSegmentation.Auditing;

namespace MacSegmentation.Stores;

/// <summary>A store as somebody uses it who answers for its changes: each has the reason that was given, and none is made without where the store requires one.</summary>
/// <param name="store">The store.</param>
/// <param name="reason">Why the changes are made; null if nobody said.</param>
internal sealed class AccountableStore(IMacStore store, string? reason) : IMacStore
{
    public event EventHandler? ChangeNoticed
    {
        add => store.ChangeNoticed += value;
        remove => store.ChangeNoticed -= value;
    }

    public MacStoreInfo Info => store.Info;

    public TimeSpan PollingInterval => store.PollingInterval;

    public T Read<T>(Func<IStoreReader, T> query) => store.Read(query);

    public T ReadStoppable<T>(Func<IStoreReader, T> query, CancellationToken cancellation) => store.ReadStoppable(query, cancellation);

    public T Write<T>(Func<IStoreWriter, T> change) => store.Write(writer => Begin(writer, change));

    public T WriteStoppable<T>(Func<IStoreWriter, T> change, CancellationToken cancellation) => store.WriteStoppable(writer => Begin(writer, change), cancellation);

    public T Observe<T>(Func<IStoreObserver, T> observation) => store.Observe(observation);

    public long ReadRevision() => store.ReadRevision();

    public bool IsNewest(ConfigurationSnapshot snapshot) => store.IsNewest(snapshot);

    public ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null) => store.ReadSnapshot(previous);

    public void Dispose() => store.Dispose();

    private T Begin<T>(IStoreWriter writer, Func<IStoreWriter, T> change)
    {
        AuditRules.Begin(writer, reason);
        return change(writer);
    }
}
