using MacSegmentation.Auditing;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Output;
using MacSegmentation.Services;
using MacSegmentation.Stores;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>Watches conditions about a store until the process is told to stop. Of several processes with one name of a watch one looks and delivers; the others stand by.</summary>
/// <param name="store">The store; it may be away for a time.</param>
/// <param name="name">The watch.</param>
/// <param name="conditions">The conditions.</param>
/// <param name="sink">Where events go.</param>
/// <param name="terminal">Where to say what happens.</param>
/// <param name="clock">The clock.</param>
internal sealed class WatchRun(IMacStore store, string name, IReadOnlyList<WatchCondition> conditions, IEventSink sink, Terminal terminal, TimeProvider clock)
{
    /// <summary>Without a look for so long, something hangs.</summary>
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(30);

    private readonly string holder = Guid.NewGuid().ToString("N");
    private WatchEvaluator? evaluator;
    private WatchFacts? facts;
    private WatchMemory? kept;
    private MacWatch? held;
    private string? standbyOf;
    private long lookedAt;
    private bool isAway;

    /// <summary>Runs it.</summary>
    public async Task RunAsync()
    {
        using var stopping = new CancellationTokenSource();
        using var signals = new StopSignals(stopping.Cancel);
        lookedAt = clock.GetTimestamp();
        using var delivery = new EventDelivery(store, name, holder, sink, clock, terminal.Warn);
        terminal.Note($"Watching {string.Join(", ", conditions.Select(condition => $"'{condition.Text}'"))} of {store.Info.Path}; events go to {sink.Place}. Ctrl+C stops.");
        using var service = HostService.Current.Begin($"Watching {conditions.Count} conditions", () => clock.GetElapsedTime(Volatile.Read(ref lookedAt)) < LookLimit);
        var delivering = delivery.RunAsync(stopping.Token);
        while (!stopping.IsCancellationRequested)
        {
            // The store is asked on this task's thread, and delivered on others.
            Look(delivery);
            Volatile.Write(ref lookedAt, clock.GetTimestamp());
            await Task.Delay(StoreWatcher.Interval, clock, stopping.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }

        await delivering.ConfigureAwait(false);
        Leave();
        terminal.Note($"Stopped. {delivery.Delivered} events were delivered.");
    }

    private void Look(EventDelivery delivery)
    {
        try
        {
            var (found, watch) = store.Read(reader => (WatchFacts.Read(reader, conditions, facts), reader.FindWatch(name)));
            facts = found;
            if (isAway)
            {
                isAway = false;
                terminal.Note("The store can be read again.");
                delivery.Wake();
            }

            if (watch is not null && !EventSpool.IsHeldBy(watch, holder) && watch.Holder.Length > 0 && watch.HeldUntil > found.Time)
            {
                StandBy(watch);
                return;
            }

            Take(watch);
            var events = evaluator!.Look(found);
            Keep(delivery, [.. delivery.TakeUnspooled(), .. events], found.Time);
        }
        catch (MacSegmentationException error)
        {
            if (!isAway)
            {
                isAway = true;
                terminal.Warn($"The store cannot be read or written: {error.Message}");
            }

            // Whoever stands by does not tell of it: the one who holds the watch does.
            if (evaluator is not null)
            {
                Drop(delivery.Keep(evaluator.Look(new WatchFacts { Time = clock.GetUtcNow(), StoreError = error.Message })));
            }
        }
    }

    /// <summary>Goes on with what whoever held the watch before knew.</summary>
    private void Take(MacWatch? watch)
    {
        if (evaluator is not null)
        {
            return;
        }

        if (standbyOf is not null)
        {
            terminal.Note($"Took the watch '{name}' over from {standbyOf}.");
            standbyOf = null;
        }

        kept = watch is { Known.Length: > 0 } ? WatchMemory.Read(watch.Known) : null;
        evaluator = new WatchEvaluator(conditions, kept);
    }

    private void StandBy(MacWatch watch)
    {
        evaluator = null;
        held = null;
        string other = $"{watch.Process} on {watch.HostName}";
        if (!string.Equals(standbyOf, other, StringComparison.Ordinal))
        {
            standbyOf = other;
            terminal.Note($"The watch '{name}' is held by {other}: standing by.");
        }
    }

    /// <summary>Writes down what is new with what is known; where nothing is, only now and then that the watch is held.</summary>
    private void Keep(EventDelivery delivery, IReadOnlyList<MacStoreEvent> events, DateTimeOffset now)
    {
        var memory = evaluator!.Memory!;
        bool isNew = events.Count > 0 || kept?.IsSame(memory) != true;
        if (!isNew && held is not null && held.HeldUntil - now > EventSpool.HoldTime / 2)
        {
            return;
        }

        MacWatch after;
        long lostBefore = held?.LostInAll ?? 0;
        try
        {
            after = store.Observe(observer =>
            {
                var mine = EventSpool.Hold(observer, name, holder, AuditActor.Current);
                return !EventSpool.IsHeldBy(mine, holder) ? mine : isNew ? EventSpool.Put(observer, mine, events, memory.Write()) : mine;
            });
        }
        catch
        {
            Drop(delivery.Keep(events));
            throw;
        }

        if (!EventSpool.IsHeldBy(after, holder))
        {
            StandBy(after);
            return;
        }

        bool isFirst = held is null;
        if (held is not null && after.LostInAll > lostBefore)
        {
            terminal.Warn($"{after.LostInAll - lostBefore} events found no room in the spool, which holds {EventSpool.Capacity}.");
        }

        held = after;
        kept = memory;
        if (isFirst || events.Count > 0)
        {
            delivery.Wake();
        }
    }

    private void Drop(int lost)
    {
        if (lost > 0)
        {
            terminal.Warn($"{lost} events are lost: the store is away, and {EventSpool.Capacity} wait already.");
        }
    }

    private void Leave()
    {
        try
        {
            store.Observe(observer =>
            {
                EventSpool.Release(observer, name, holder);
                return 0;
            });
        }
        catch (MacSegmentationException)
        {
            // The store is away: the watch is held no longer when its time is over.
        }
    }
}
