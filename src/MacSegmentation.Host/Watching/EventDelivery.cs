using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>
/// Delivers what waits in the spool of a watch, in its sequence, and takes it out when it is delivered: at least once, because a process may end between the two. What failed is tried again after 250 ms,
/// and after twice as long each time, up to 4 s: a receiver that is back has its events within 5 s.
/// </summary>
internal sealed class EventDelivery : IDisposable
{
    private const int BatchSize = 64;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(4);

    private readonly IMacStore store;
    private readonly string watch;
    private readonly string holder;
    private readonly IEventSink sink;
    private readonly TimeProvider clock;
    private readonly Action<string> warn;
    private readonly SemaphoreSlim waiting = new(initialCount: 1);
    private readonly Lock gate = new();
    private readonly LinkedList<MacStoreEvent> unspooled = [];
    private bool isToldOf;

    /// <summary>Prepares to deliver.</summary>
    /// <param name="store">The store.</param>
    /// <param name="watch">The watch.</param>
    /// <param name="holder">The process that delivers, while it holds the watch.</param>
    /// <param name="sink">Where to.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="warn">Told once when events cannot be delivered, and once when they can again.</param>
    public EventDelivery(IMacStore store, string watch, string holder, IEventSink sink, TimeProvider clock, Action<string> warn)
    {
        this.store = store;
        this.watch = watch;
        this.holder = holder;
        this.sink = sink;
        this.clock = clock;
        this.warn = warn;
    }

    /// <summary>Number of events that were delivered.</summary>
    public long Delivered { get; private set; }

    /// <summary>Something waits: have it delivered.</summary>
    public void Wake()
    {
        if (waiting.CurrentCount == 0)
        {
            waiting.Release();
        }
    }

    /// <summary>Keeps events that the store could not take: they are delivered from here while it is away, and taken back by <see cref="TakeUnspooled"/> when it is there.</summary>
    /// <returns>How many found no room.</returns>
    public int Keep(IReadOnlyList<MacStoreEvent> events)
    {
        int lost = 0;
        lock (gate)
        {
            foreach (var happened in events)
            {
                if (unspooled.Count < EventSpool.Capacity)
                {
                    unspooled.AddLast(happened);
                }
                else
                {
                    lost++;
                }
            }
        }

        Wake();
        return lost;
    }

    /// <summary>Takes what the store could not take and was not delivered since.</summary>
    public IReadOnlyList<MacStoreEvent> TakeUnspooled()
    {
        lock (gate)
        {
            MacStoreEvent[] taken = [.. unspooled];
            unspooled.Clear();
            return taken;
        }
    }

    /// <summary>Delivers until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var delay = TimeSpan.Zero;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (delay > TimeSpan.Zero)
                {
                    await Task.Delay(delay, clock, stop).ConfigureAwait(false);
                }
                else
                {
                    await waiting.WaitAsync(stop).ConfigureAwait(false);
                }

                await DeliverAsync(stop).ConfigureAwait(false);
                delay = TimeSpan.Zero;
                if (isToldOf)
                {
                    isToldOf = false;
                    warn($"Events are delivered to {sink.Place} again.");
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (MacSegmentationException error)
            {
                if (!isToldOf)
                {
                    isToldOf = true;
                    warn($"Events are not delivered, and wait. {error.Message}");
                }

                delay = delay == TimeSpan.Zero ? FirstDelay : delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => waiting.Dispose();

    /// <summary>Delivers all that waits.</summary>
    private async Task DeliverAsync(CancellationToken stop)
    {
        while (true)
        {
            await DeliverUnspooledAsync(stop).ConfigureAwait(false);
            var batch = store.Read(reader => reader.FindWatch(watch) is { } held && EventSpool.IsHeldBy(held, holder) && held.HeldUntil > reader.Now ? reader.ListSpooledEvents(watch, BatchSize) : []);
            if (batch.Count == 0)
            {
                return;
            }

            long delivered = 0;
            try
            {
                foreach (var spooled in batch)
                {
                    // What is under way is seen through, within the sink's own time: else the receiver would get it twice.
                    await sink.SendAsync(spooled.Event, CancellationToken.None).ConfigureAwait(false);
                    delivered = spooled.Number;
                    Delivered++;
                    stop.ThrowIfCancellationRequested();
                }
            }
            finally
            {
                if (delivered > 0)
                {
                    store.Observe(observer => EventSpool.MarkDelivered(observer, watch, delivered));
                }
            }
        }
    }

    private async Task DeliverUnspooledAsync(CancellationToken stop)
    {
        while (true)
        {
            MacStoreEvent happened;
            lock (gate)
            {
                if (unspooled.First is not { } first)
                {
                    return;
                }

                stop.ThrowIfCancellationRequested();
                happened = first.Value;
                unspooled.RemoveFirst();
            }

            try
            {
                await sink.SendAsync(happened with { Watch = watch }, CancellationToken.None).ConfigureAwait(false);
                Delivered++;
            }
            catch
            {
                lock (gate)
                {
                    unspooled.AddFirst(happened);
                }

                throw;
            }
        }
    }
}
