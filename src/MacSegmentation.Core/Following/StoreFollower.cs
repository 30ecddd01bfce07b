using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Following;

/// <summary>
/// Keeps a running enforcer's table equal to a store: asks for the revision as often as the kind of store needs it and as soon as the store
/// notices a change, and compiles and hands over a new table when it has changed. If the store cannot be read, the last table stays in force,
/// and the listener is told.
/// </summary>
/// <remarks>
/// A file is polled many times a second: that works across processes, and asking it for the revision costs microseconds. A server tells of changes,
/// and polling it is the net for what it could not tell. A table is compiled whole before it is handed over as one reference, so no frame is
/// ever judged by half a change. The follower has followed a change only when the listener has put it in force: what fails is tried again, at longer and longer
/// intervals, until it is or another change comes. What expires leaves the table at its time, whether the store can be read or not. A store that was replaced or restored is followed like any other change, and the listener is told that it was.
/// </remarks>
public sealed partial class StoreFollower : IDisposable
{
    /// <summary>Longest time between two tries to put a configuration in force.</summary>
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(5);

    private readonly IMacStore store;
    private readonly PolicyAction unknownVlanAction;
    private readonly TimeProvider timeProvider;

    /// <summary>Held for moments only, never while the store is read or a table compiled.</summary>
    private readonly Lock gate = new();
    private ITimer? timer;
    private ITableListener? listener;
    private bool isLost;
    private bool isPolling;
    private bool isNoticed;
    private ConfigurationSnapshot? failed;
    private TimeSpan retryDelay;
    private DateTimeOffset failedAt;

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
        Table = DecisionTable.Compile(Snapshot, unknownVlanAction, time: this.timeProvider.GetUtcNow());
    }

    /// <summary>The configuration in force.</summary>
    public ConfigurationSnapshot Snapshot { get; private set; }

    /// <summary>The table in force.</summary>
    public DecisionTable Table { get; private set; }

    /// <summary>Begins to follow.</summary>
    /// <param name="changes">Who is told of changes.</param>
    public void Start(ITableListener changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (gate)
        {
            if (listener is not null)
            {
                throw new InvalidOperationException("The store is being followed already.");
            }

            listener = changes;
            timer = timeProvider.CreateTimer(static self => ((StoreFollower)self!).Poll(), this, store.PollingInterval, Timeout.InfiniteTimeSpan);
            expiryTimer = timeProvider.CreateTimer(static self => ((StoreFollower)self!).Activate(newest: null), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            ArmExpiry();
        }

        // Outside the lock: the store may wait for a notice that is under way.
        store.ChangeNoticed += OnChangeNoticed;
    }

    /// <summary>Stops following, without waiting for a table that is being compiled. When this returns, the listener is not called any more.</summary>
    public void Dispose()
    {
        store.ChangeNoticed -= OnChangeNoticed;
        lock (gate)
        {
            listener = null;
            timer?.Dispose();
            timer = null;
            expiryTimer?.Dispose();
            expiryTimer = null;
        }
    }

    private void OnChangeNoticed(object? sender, EventArgs e)
    {
        lock (gate)
        {
            isNoticed = true;
            if (!isPolling)
            {
                timer?.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Poll()
    {
        bool isReportedOf;
        lock (gate)
        {
            if (listener is null || isPolling)
            {
                return;
            }

            isPolling = true;
            isReportedOf = isNoticed;
            isNoticed = false;
        }

        Follow(isReportedOf);
        if (!Table.HoldsAt(timeProvider.GetUtcNow()) && failed is null)
        {
            // The clock was set, or the machine slept: its timer knows nothing of that.
            Activate(newest: null);
        }

        lock (gate)
        {
            // The timer is armed anew after each round, so a slow store cannot pile rounds up.
            isPolling = false;
            timer?.Change(isNoticed ? TimeSpan.Zero : store.PollingInterval, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// Runs on a thread that nobody waits for, where an exception would end the process: whatever goes wrong is told to the listener.
    /// </summary>
    private void Follow(bool isReportedOf)
    {
        ConfigurationSnapshot newest;
        try
        {
            bool isNewest = store.IsNewest(Snapshot);
            bool wasLost = isLost;
            if (isLost)
            {
                isLost = false;
                Tell(static changes => changes.OnStoreBack());
            }

            if ((isNewest && !isReportedOf && !wasLost) || IsTooEarlyAgain())
            {
                return;
            }

            newest = store.ReadSnapshot(Snapshot);
        }
#pragma warning disable CA1031 // See the summary: the listener gets it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!isLost)
            {
                isLost = true;
                Tell(changes => changes.OnStoreLost(error));
            }

            return;
        }

        if (!ReferenceEquals(newest, Snapshot))
        {
            Activate(newest);
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>A clock that was set back makes no try wait.</summary>
    private bool IsTooEarlyAgain()
    {
        var elapsed = timeProvider.GetUtcNow() - failedAt;
        return failed is not null && elapsed >= TimeSpan.Zero && elapsed < retryDelay && store.IsNewest(failed);
    }

    /// <summary>Tells the listener, unless nobody follows any more.</summary>
    private void Tell(Action<ITableListener> tell)
    {
        lock (gate)
        {
            if (listener is { } changes)
            {
                tell(changes);
            }
        }
    }
}
