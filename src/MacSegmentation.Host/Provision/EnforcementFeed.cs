using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision;

/// <summary>Knows what enforcement points are told, and tells those who wait when it changes. Every member may be called from any thread.</summary>
/// <remarks>
/// All who wait share one look at the store: as often as that kind of store needs it, and as soon as it notices a change itself. While nobody waits, the store is
/// asked by requests only. Where it cannot be reached, one request finds out, and the others are told the same for a second, so that they do not queue for it.
/// </remarks>
/// <param name="open">Opens the store, which this closes.</param>
/// <param name="time">The clock.</param>
internal sealed class EnforcementFeed(Func<IMacStore> open, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LossPause = TimeSpan.FromSeconds(1);

    private readonly Lock reading = new();
    private IMacStore? store;
    private ITimer? timer;
    private ConfigurationSnapshot? snapshot;
    private EnforcementView? view;
    private TaskCompletionSource changed = NewChange();
    private MacSegmentationException? loss;
    private long lostAt;
    private int waiting;
    private int isNoticed;
    private bool isDisposed;

    /// <summary>Number of requests that wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>What is told now.</summary>
    /// <exception cref="MacSegmentationException">As <see cref="IMacStore.ReadSnapshot"/>, and what the opening of the store throws.</exception>
    public EnforcementView Read()
    {
        lock (reading)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (loss is not null && time.GetElapsedTime(lostAt) < LossPause)
            {
                throw Again(loss);
            }

            try
            {
                return ReadNewest();
            }
            catch (MacSegmentationException error)
            {
                loss = error;
                lostAt = time.GetTimestamp();
                throw;
            }
        }
    }

    /// <summary>Waits until something else is told, or for a time.</summary>
    /// <param name="seen">What the one who waits knows.</param>
    /// <param name="longest">How long.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>What is told then; what was seen if the time has passed.</returns>
    /// <exception cref="MacSegmentationException">The time has passed, and the store could not be read at its end.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public async Task<EnforcementView> WaitAsync(EnforcementView seen, TimeSpan longest, CancellationToken cancellation)
    {
        var change = Join(seen);
        try
        {
            await change.WaitAsync(longest, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Nothing has changed, as far as the last look went.
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        lock (reading)
        {
            return loss is null || !ReferenceEquals(view, seen) ? view! : throw Again(loss);
        }
    }

    /// <summary>Closes the store. Nobody may wait any more.</summary>
    public void Dispose()
    {
        IMacStore? closing;
        lock (reading)
        {
            isDisposed = true;
            timer?.Dispose();
            closing = store;
        }

        // Outside the lock: the store may wait for a notice that is under way.
        if (closing is not null)
        {
            closing.ChangeNoticed -= OnChangeNoticed;
            closing.Dispose();
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static MacSegmentationException Again(MacSegmentationException error) =>
        new(error.ErrorId, error.Kind, error.Message, error.Target, error) { EndsTransaction = error.EndsTransaction };

    private Task Join(EnforcementView seen)
    {
        lock (reading)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (Interlocked.Increment(ref waiting) == 1)
            {
                timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }

            return ReferenceEquals(view, seen) ? changed.Task : Task.CompletedTask;
        }
    }

    private EnforcementView ReadNewest()
    {
        if (store is null)
        {
            store = open();
            timer = time.CreateTimer(static self => ((EnforcementFeed)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            store.ChangeNoticed += OnChangeNoticed;
        }

        if (snapshot is null || view is null || !store.IsNewest(snapshot))
        {
            snapshot = store.ReadSnapshot(snapshot);
            if (view is null || !view.Holds(snapshot))
            {
                view = new EnforcementView(snapshot);
                var told = changed;
                changed = NewChange();
                told.SetResult();
            }
        }

        loss = null;
        return view;
    }

    private void OnChangeNoticed(object? sender, EventArgs e)
    {
        if (Waiting > 0 && Interlocked.Exchange(ref isNoticed, 1) == 0)
        {
            timer?.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Runs on a thread that nobody waits for, where an exception would end the process: those who wait are told.</summary>
    private void Look()
    {
        Volatile.Write(ref isNoticed, 0);
        try
        {
            Read();
        }
        catch (MacSegmentationException)
        {
            // It is kept for those whose time is up meanwhile. The others wait on: a store comes back.
        }
        catch (ObjectDisposedException)
        {
            return;
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception error)
#pragma warning restore CA1031
        {
            lock (reading)
            {
                var told = changed;
                changed = NewChange();
                told.SetException(error);
            }
        }

        lock (reading)
        {
            // Armed anew after each look, so a slow store cannot pile looks up.
            if (Waiting > 0 && !isDisposed)
            {
                timer!.Change(Volatile.Read(ref isNoticed) == 1 ? TimeSpan.Zero : store!.PollingInterval, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
