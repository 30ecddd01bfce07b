using MacSegmentation.Errors;
using MacSegmentation.Policies;

namespace MacSegmentation.Stores;

/// <summary>
/// Keeps a running enforcer's table equal to a store: asks for the revision as often as the kind of store needs it and as soon as the store
/// notices a change, and compiles and hands over a new table when it has changed. If the store cannot be read, the last table stays in force,
/// and the listener is told.
/// </summary>
/// <remarks>
/// A file is polled many times a second: that works across processes, and asking it for the revision costs microseconds. A server tells of changes,
/// and polling it is the net for what it could not tell. A table is compiled whole before it is handed over as one reference, so no frame is
/// ever judged by half a change.
/// </remarks>
public sealed class StoreFollower : IDisposable
{
    private readonly IMacStore store;
    private readonly PolicyAction unknownVlanAction;
    private readonly TimeProvider timeProvider;
    private readonly Lock polling = new();
    private ITimer? timer;
    private ITableListener? listener;
    private bool isLost;
    private volatile bool isNoticed;

    /// <summary>Reads the store and compiles the first table, so that an enforcer never starts without one.</summary>
    /// <param name="store">The store. It stays the caller's to dispose, after this.</param>
    /// <param name="unknownVlanAction">What happens to frames of VLANs that are not in the store.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreUnavailable: the store could not be read.</exception>
    public StoreFollower(IMacStore store, PolicyAction unknownVlanAction = PolicyAction.Allow, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        this.store = store;
        this.unknownVlanAction = unknownVlanAction;
        this.timeProvider = timeProvider ?? TimeProvider.System;
        Snapshot = store.ReadSnapshot();
        Table = DecisionTable.Compile(Snapshot, unknownVlanAction);
    }

    /// <summary>The newest configuration.</summary>
    public ConfigurationSnapshot Snapshot { get; private set; }

    /// <summary>The newest table.</summary>
    public DecisionTable Table { get; private set; }

    /// <summary>Begins to follow.</summary>
    /// <param name="changes">Who is told of changes.</param>
    public void Start(ITableListener changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (polling)
        {
            if (listener is not null)
            {
                throw new InvalidOperationException("The store is being followed already.");
            }

            listener = changes;
            timer = timeProvider.CreateTimer(static self => ((StoreFollower)self!).Poll(), this, store.PollingInterval, Timeout.InfiniteTimeSpan);
        }

        // Outside the lock: the store may wait for a notice that is under way.
        store.ChangeNoticed += OnChangeNoticed;
    }

    /// <summary>Stops following. When this returns, the listener is not called any more.</summary>
    public void Dispose()
    {
        store.ChangeNoticed -= OnChangeNoticed;
        lock (polling)
        {
            listener = null;
            timer?.Dispose();
            timer = null;
        }
    }

    private void OnChangeNoticed(object? sender, EventArgs e)
    {
        isNoticed = true;
        PollAtOnce();
    }

    private void PollAtOnce()
    {
        try
        {
            timer?.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // It was disposed between the look and the call.
        }
    }

    private void Poll()
    {
        lock (polling)
        {
            if (listener is null)
            {
                return;
            }

            // The timer is armed anew after each round, so a slow store cannot pile rounds up.
            bool isToldOf = isNoticed;
            isNoticed = false;
            Follow(listener, isToldOf);
            timer?.Change(store.PollingInterval, Timeout.InfiniteTimeSpan);

            // What was noticed meanwhile set the timer too, but before it was armed anew.
            if (isNoticed)
            {
                PollAtOnce();
            }
        }
    }

    /// <summary>
    /// Runs on a thread that nobody waits for, where an exception would end the process: whatever goes wrong is told to the listener.
    /// </summary>
    private void Follow(ITableListener changes, bool isToldOf)
    {
        try
        {
            long revision = store.ReadRevision();
            bool wasLost = isLost;
            if (isLost)
            {
                isLost = false;
                changes.OnStoreBack();
            }

            // A server that was lost may have fallen back, and come to the same revision by another change; the store knows.
            if (revision == Snapshot.Revision && !isToldOf && !wasLost)
            {
                return;
            }

            var newest = store.ReadSnapshot(Snapshot);
            if (!ReferenceEquals(newest, Snapshot))
            {
                Snapshot = newest;
                Table = DecisionTable.Compile(Snapshot, unknownVlanAction, Table);
                changes.OnTableChanged(Snapshot, Table);
            }
        }
#pragma warning disable CA1031 // See the summary: the listener gets it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!isLost)
            {
                isLost = true;
                changes.OnStoreLost(error);
            }
        }
    }
}
