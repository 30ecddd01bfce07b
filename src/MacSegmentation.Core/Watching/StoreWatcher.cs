using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>
/// Looks at a store twice a second, on a thread that nobody waits for, and says what became true: in this process and at most once. Begins with <see cref="Start"/>, and ends when it is disposed of.
/// </summary>
public sealed class StoreWatcher : IDisposable
{
    /// <summary>From the end of one look to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly IMacStore store;
    private readonly WatchEvaluator evaluator;
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly Action<MacStoreEvent> tell;
    private WatchFacts? facts;
    private bool isEnded;

    /// <summary>Prepares to watch.</summary>
    /// <param name="store">The store; it is disposed of with this.</param>
    /// <param name="conditions">The conditions.</param>
    /// <param name="tell">Told of each event, on a thread of its own kind; what it throws is kept as <see cref="Error"/>.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public StoreWatcher(IMacStore store, IReadOnlyList<WatchCondition> conditions, Action<MacStoreEvent> tell, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(tell);
        this.store = store;
        this.tell = tell;
        evaluator = new WatchEvaluator(conditions);
        clock = timeProvider ?? TimeProvider.System;
        timer = clock.CreateTimer(static self => ((StoreWatcher)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Number of things that the conditions hold of.</summary>
    public int MetCount { get; private set; }

    /// <summary>Number of events told.</summary>
    public long EventCount { get; private set; }

    /// <summary>What went wrong at the last look; null if nothing did.</summary>
    public string? Error { get; private set; }

    /// <summary>Begins.</summary>
    public void Start() => timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <summary>Ends it; a look that is under way is waited for.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isEnded)
            {
                return;
            }

            isEnded = true;
            timer.Dispose();
        }

        store.Dispose();
    }

    private void Look()
    {
        lock (gate)
        {
            if (isEnded)
            {
                return;
            }

            try
            {
                LookOnce();
            }
#pragma warning disable CA1031 // On a timer's thread an exception would end the process: it is kept, for whoever looks at the subscription.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Error = error.Message;
            }

            timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void LookOnce()
    {
        WatchFacts found;
        try
        {
            facts = found = store.Read(reader => WatchFacts.Read(reader, evaluator.Conditions, facts));
            Error = null;
        }
        catch (MacSegmentationException error)
        {
            Error = error.Message;
            found = new WatchFacts { Time = clock.GetUtcNow(), StoreError = error.Message };
        }

        var events = evaluator.Look(found);
        MetCount = evaluator.MetCount;
        foreach (var happened in events)
        {
            EventCount++;
            tell(happened);
        }
    }
}
