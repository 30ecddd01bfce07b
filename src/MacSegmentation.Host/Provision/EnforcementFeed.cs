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

    /// <summary>Held while the store is read. Requests wait for it without a thread.</summary>
#pragma warning disable CA2213 // A look that begins as this is closed still takes it; it has nothing of the system's.
    private readonly SemaphoreSlim reading = new(1);
#pragma warning restore CA2213

    /// <summary>Held for moments only.</summary>
    private readonly Lock gate = new();
    private IMacStore? store;
    private ITimer? timer;
    private ConfigurationSnapshot? snapshot;
    private volatile EnforcementView? view;
    private TaskCompletionSource changed = NewChange();
    private volatile MacSegmentationException? loss;
    private long lostAt;
    private int waiting;
    private int isNoticed;
    private volatile bool isDisposed;

    /// <summary>Number of requests that wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>What is told now.</summary>
    /// <param name="cancellation">Ends the waiting for others who read.</param>
    /// <exception cref="MacSegmentationException">As <see cref="IMacStore.ReadSnapshot"/>, and what the opening of the store throws.</exception>
    public async Task<EnforcementView> ReadAsync(CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation);
        return ReadAndRelease();
    }

    /// <summary>Waits until something else is told, or for a time.</summary>
    /// <param name="seen">What the one who waits knows: what <see cref="ReadAsync"/> gave.</param>
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

        return !ReferenceEquals(view, seen) ? view!
            : loss is { } lost ? throw Again(lost)
            : seen;
    }

    /// <summary>Closes the store. Nobody may wait any more.</summary>
    public void Dispose()
    {
        reading.Wait();
        isDisposed = true;
        timer?.Dispose();
        reading.Release();
        if (store is not null)
        {
            store.ChangeNoticed -= OnChangeNoticed;
            store.Dispose();
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static MacSegmentationException Again(MacSegmentationException error) =>
        new(error.ErrorId, error.Kind, error.Message, error.Target, error) { EndsTransaction = error.EndsTransaction };

    private Task Join(EnforcementView seen)
    {
        if (Interlocked.Increment(ref waiting) == 1)
        {
            timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        lock (gate)
        {
            return ReferenceEquals(view, seen) ? changed.Task : Task.CompletedTask;
        }
    }

    private EnforcementView ReadAndRelease()
    {
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return loss is { } lost && time.GetElapsedTime(lostAt) < LossPause ? throw Again(lost) : ReadNewest();
        }
        catch (MacSegmentationException error) when (error.InnerException != loss || loss is null)
        {
            lostAt = time.GetTimestamp();
            loss = error;
            throw;
        }
        finally
        {
            reading.Release();
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
                var next = new EnforcementView(snapshot);
                lock (gate)
                {
                    view = next;
                    Renew().SetResult();
                }
            }
        }

        loss = null;
        return view;
    }

    /// <summary>Has those who wait from now on wait for another change.</summary>
    /// <returns>What those before wait for.</returns>
    private TaskCompletionSource Renew()
    {
        var told = changed;
        changed = NewChange();
        return told;
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
        reading.Wait();
        try
        {
            ReadAndRelease();
        }
        catch (MacSegmentationException)
        {
            // It is kept for those whose time is up meanwhile. The others wait on: a store comes back.
        }
        catch (ObjectDisposedException) when (isDisposed)
        {
            return;
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception error)
#pragma warning restore CA1031
        {
            lock (gate)
            {
                Renew().SetException(error);
            }
        }

        // Armed anew after each look, so a slow store cannot pile looks up.
        if (Waiting > 0)
        {
            timer!.Change(Volatile.Read(ref isNoticed) == 1 ? TimeSpan.Zero : store!.PollingInterval, Timeout.InfiniteTimeSpan);
        }
    }
}
