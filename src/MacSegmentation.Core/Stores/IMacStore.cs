using MacSegmentation.Errors;
using MacSegmentation.Policies;

namespace MacSegmentation.Stores;

/// <summary>
/// A shared store of VLANs, allocations and policies. Any number of processes may use one store at once. An instance may be used from
/// several threads; its transactions run one after the other.
/// </summary>
public interface IMacStore : IDisposable
{
    /// <summary>What store this is.</summary>
    MacStoreInfo Info { get; }

    /// <summary>Runs a query in one consistent read transaction.</summary>
    /// <param name="query">What to ask.</param>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreUnavailable: the store could not be read.</exception>
    T Read<T>(Func<IStoreReader, T> query);

    /// <summary>
    /// Runs a change in one transaction, alone among all processes. When this returns, the change is durable; when it throws, nothing
    /// of it has happened.
    /// </summary>
    /// <param name="change">What to do. Called once.</param>
    /// <exception cref="MacSegmentationException">
    /// StoreBusy: another process kept the write lock for the whole busy timeout. StoreReadOnly, StoreFull, StoreUnavailable: the store
    /// could not be written. Whatever <paramref name="change"/> throws comes through after the roll-back.
    /// </exception>
    T Write<T>(Func<IStoreWriter, T> change);

    /// <summary>The newest revision. Costs a few microseconds: meant to be polled.</summary>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreUnavailable: the store could not be read.</exception>
    long ReadRevision();

    /// <summary>
    /// The newest configuration. With the one read before, only what has changed since is read: an unchanged VLAN keeps its
    /// <see cref="VlanPolicies"/> instance, and with an unchanged revision the previous snapshot itself comes back.
    /// </summary>
    /// <param name="previous">A snapshot that this store returned before, or null.</param>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreUnavailable: the store could not be read.</exception>
    ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null);
}
