using MacSegmentation.Auditing;

namespace MacSegmentation.Watches;

/// <summary>
/// The rules of the spool in which events wait for their delivery: one process at a time holds a watch, looks for it and delivers for it; what finds no room is counted, and told when there is room.
/// </summary>
public static class EventSpool
{
    /// <summary>The most events of a watch that wait.</summary>
    public const int Capacity = 10_000;

    /// <summary>How long a watch stays held by a process that gives no sign of life.</summary>
    public static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(10);

    /// <summary>Takes a watch, or goes on holding it.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The watch; it is made if there is none.</param>
    /// <param name="holder">The process, unique among all.</param>
    /// <param name="actor">The process in words.</param>
    /// <returns>The watch as it is now: held by another, if that is its holder.</returns>
    public static MacWatch Hold(IWatchObservation store, string name, string holder, AuditActor actor)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(actor);
        var watch = store.FindWatch(name) ?? new MacWatch { Name = name };
        if (watch.Holder.Length > 0 && !IsHeldBy(watch, holder) && watch.HeldUntil > store.Now)
        {
            return watch;
        }

        watch = watch with { Holder = holder, HostName = actor.HostName, Process = actor.Process, HeldUntil = store.Now + HoldTime };
        store.UpsertWatch(watch);
        return watch;
    }

    /// <summary>True if a process holds a watch.</summary>
    public static bool IsHeldBy(MacWatch watch, string holder)
    {
        ArgumentNullException.ThrowIfNull(watch);
        return string.Equals(watch.Holder, holder, StringComparison.Ordinal);
    }

    /// <summary>Lets a watch go: another process may take it at once.</summary>
    public static void Release(IWatchObservation store, string name, string holder)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.FindWatch(name) is { } watch && IsHeldBy(watch, holder))
        {
            store.UpsertWatch(watch with { Holder = string.Empty, HeldUntil = store.Now });
        }
    }

    /// <summary>Puts events into the spool, and writes down what the watch knows with them.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="watch">The watch, held by the caller.</param>
    /// <param name="events">The events; their watch is set.</param>
    /// <param name="known">What the watch knows, or null to leave that as it is.</param>
    /// <returns>The watch as it is now.</returns>
    public static MacWatch Put(IWatchObservation store, MacWatch watch, IReadOnlyList<MacStoreEvent> events, string? known)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(events);
        long room = events.Count == 0 && watch.Lost == 0 ? 0 : Capacity - store.CountSpooledEvents(watch.Name);
        var next = watch with { Known = known ?? watch.Known };
        if (next.Lost > 0 && room > 0)
        {
            next = Insert(store, next, Lost(store, next));
            next = next with { Lost = 0 };
            room--;
        }

        foreach (var happened in events)
        {
            if (room > 0)
            {
                next = Insert(store, next, happened);
                room--;
            }
            else
            {
                next = next with { Lost = next.Lost + 1, LostInAll = next.LostInAll + 1 };
            }
        }

        store.UpsertWatch(next);
        return next;
    }

    /// <summary>Takes what was delivered out of the spool.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The watch.</param>
    /// <param name="upTo">Number of the last event that was delivered.</param>
    public static MacWatch? MarkDelivered(IWatchObservation store, string name, long upTo)
    {
        ArgumentNullException.ThrowIfNull(store);
        long delivered = store.DeleteSpooledEvents(name, upTo);
        if (store.FindWatch(name) is not { } watch)
        {
            return null;
        }

        watch = watch with { Delivered = watch.Delivered + delivered, DeliveredAt = store.Now };

        // There is room again for saying what found none.
        return Put(store, watch, [], known: null);
    }

    private static MacWatch Insert(IWatchObservation store, MacWatch watch, MacStoreEvent happened)
    {
        long number = watch.LastEvent + 1;
        store.InsertSpooledEvent(new SpooledEvent(watch.Name, number, happened with { Watch = watch.Name }));
        return watch with { LastEvent = number };
    }

    private static MacStoreEvent Lost(IWatchObservation store, MacWatch watch) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        Kind = MacStoreEvent.EventsLost,
        Time = store.Now,
        Message = $"{watch.Lost} events found no room in the spool of watch '{watch.Name}', which holds {Capacity}, and are lost.",
        StoreId = store.StoreId,
    };
}
