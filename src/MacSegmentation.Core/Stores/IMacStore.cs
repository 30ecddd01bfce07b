using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Transactions;

namespace MacSegmentation.Stores;

/// <summary>
/// A shared store of VLANs, allocations and policies. Any number of processes may use one store at once. An instance may be used from
/// several threads; its transactions run one after the other.
/// </summary>
public interface IMacStore : IDisposable
{
    /// <summary>
    /// Raised when another process or host may have changed what enforcers are made of, where a store learns of that by itself; now and then also
    /// without a change. It only shortens the wait: whoever must know of every change polls too. Raised on a thread of the store's.
    /// </summary>
    event EventHandler? ChangeNoticed;

    /// <summary>What store this is.</summary>
    MacStoreInfo Info { get; }

    /// <summary>How often whoever must know of changes asks for the revision.</summary>
    TimeSpan PollingInterval { get; }

    /// <summary>Runs a query in one consistent read transaction.</summary>
    /// <param name="query">What to ask. Called again if the connection to a server breaks, so it must have no effect of its own.</param>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreUnavailable: the store could not be read.</exception>
    T Read<T>(Func<IStoreReader, T> query);

    /// <summary>Runs a query as <see cref="Read"/> does, until it is told to stop.</summary>
    /// <param name="query">What to ask.</param>
    /// <param name="cancellation">Ends the waiting and the query.</param>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreUnavailable: the store could not be read.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    T ReadStoppable<T>(Func<IStoreReader, T> query, CancellationToken cancellation);

    /// <summary>
    /// Runs a change in one transaction, alone among all processes from its first question to the store on. When this returns, the change is
    /// durable; when it throws, nothing of it has happened.
    /// </summary>
    /// <param name="change">
    /// What to do. Called again, after the roll-back of all that it did before, if the connection to a server breaks or the server ends the
    /// transaction: it must have no effect beside the store's, and make its result anew each time.
    /// </param>
    /// <exception cref="MacSegmentationException">
    /// StoreBusy: another process kept the write lock for the whole busy timeout. StoreReadOnly, StoreFull, StoreAccessDenied, StoreUnavailable:
    /// the store could not be written. Whatever <paramref name="change"/> throws comes through after the roll-back. StoreOutcomeUnknown, the one
    /// exception to the rule above: the connection to a server broke while it committed, and it could not be asked since what became of that.
    /// </exception>
    T Write<T>(Func<IStoreWriter, T> change);

    /// <summary>
    /// Runs a change as <see cref="Write"/> does, until it is told to stop. What was stopped has not happened: the wait for other writers ends, or the transaction is rolled
    /// back. A commit that has begun is waited for.
    /// </summary>
    /// <param name="change">What to do.</param>
    /// <param name="cancellation">Ends the waiting and the transaction.</param>
    /// <exception cref="MacSegmentationException">As <see cref="Write"/>.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop, and nothing has happened.</exception>
    T WriteStoppable<T>(Func<IStoreWriter, T> change, CancellationToken cancellation);

    /// <summary>
    /// Writes down what was observed, in one transaction: without audit, revision and notice, whatever it is (<see cref="IObservation"/>). It need not be durable when this returns.
    /// </summary>
    /// <param name="observation">What to write down. Called again as in <see cref="Write"/>.</param>
    /// <exception cref="MacSegmentationException">As <see cref="Write"/>.</exception>
    T Observe<T>(Func<IStoreObserver, T> observation);

    /// <summary>The newest revision. Costs a few microseconds: meant to be polled.</summary>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreUnavailable: the store could not be read.</exception>
    long ReadRevision();

    /// <summary>
    /// True if a snapshot is of the newest revision: by its number, and by its token where the store has one. Costs a few microseconds: meant to be polled.
    /// </summary>
    /// <param name="snapshot">A snapshot that this store returned.</param>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreUnavailable: the store could not be read.</exception>
    bool IsNewest(ConfigurationSnapshot snapshot);

    /// <summary>
    /// The newest configuration. With the one read before, only what has changed since is read: an unchanged VLAN keeps its
    /// <see cref="VlanPolicies"/> instance, and with an unchanged revision the previous snapshot itself comes back. A store that
    /// does not stand on the previous one any more, because it was restored or replaced, gives one that starts over.
    /// </summary>
    /// <param name="previous">A snapshot that this store returned before, or null.</param>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreUnavailable: the store could not be read.</exception>
    ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null);
}
