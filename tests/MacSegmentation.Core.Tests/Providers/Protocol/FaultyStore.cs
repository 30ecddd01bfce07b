using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers.Protocol;

/// <summary>One's way to a store, on which transactions get lost: before they happen, or with their answer.</summary>
internal sealed class FaultyStore(IMacStore store) : IMacStore
{
    public event EventHandler? ChangeNoticed
    {
        add => store.ChangeNoticed += value;
        remove => store.ChangeNoticed -= value;
    }

    public MacStoreInfo Info => store.Info;

    public TimeSpan PollingInterval => store.PollingInterval;

    /// <summary>True while nothing gets there.</summary>
    public bool IsCut { get; set; }

    /// <summary>What will fail, if anything.</summary>
    public StoreFault? Fault { get; set; }

    /// <summary>What happens once, before the next change.</summary>
    public Action? BeforeChange { get; set; }

    public T Read<T>(Func<IStoreReader, T> query) => Send(() => store.Read(query));

    public T ReadStoppable<T>(Func<IStoreReader, T> query, CancellationToken cancellation) => Send(() => store.ReadStoppable(query, cancellation));

    public T Write<T>(Func<IStoreWriter, T> change) => WriteStoppable(change, CancellationToken.None);

    public T WriteStoppable<T>(Func<IStoreWriter, T> change, CancellationToken cancellation)
    {
        var before = BeforeChange;
        BeforeChange = null;
        before?.Invoke();
        return Send(() => store.WriteStoppable(change, cancellation));
    }

    public T Observe<T>(Func<IStoreObserver, T> observation) => Send(() => store.Observe(observation));

    public long ReadRevision() => Read(reader => reader.Revision);

    public bool IsNewest(ConfigurationSnapshot snapshot) => ReadRevision() == snapshot.Revision;

    public ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null) => store.ReadSnapshot(previous);

    public void Dispose()
    {
    }

    private static MacSegmentationException Gone() => new("StoreUnavailable", MacErrorKind.Unavailable, "The store is out of reach.") { EndsTransaction = true };

    private T Send<T>(Func<T> transaction)
    {
        bool isLost = Meet();
        T result = transaction();
        return isLost ? throw Gone() : result;
    }

    /// <summary>Meets the next transaction; true if its answer will be lost.</summary>
    private bool Meet()
    {
        if (IsCut)
        {
            throw Gone();
        }

        if (Fault is not { } fault)
        {
            return false;
        }

        Fault = fault.Skip > 0 ? fault with { Skip = fault.Skip - 1 } : null;
        return fault.Skip == 0 && (fault.IsAfterCommit ? true : throw Gone());
    }
}
