namespace MacSegmentation.Enforcement;

/// <summary>
/// Looks again and again beside an enforcer, and writes to the store what was found: two threads that nobody waits for, so that looking never waits for the store. An exception there would
/// end the process: what goes wrong while looking is told once, until it is right again, and looked at anew.
/// </summary>
internal sealed class WatchLoop : IDisposable
{
    /// <summary>The shortest time to the next try of what failed.</summary>
    public static readonly TimeSpan MinRetryDelay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(60);

    /// <summary>Held while the store is written.</summary>
    private readonly Lock writing = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly TimeProvider clock;
    private readonly TimeSpan interval;
    private readonly Action look;
    private readonly Action<Exception> tell;
    private readonly Action? write;
    private readonly ITimer looker;
    private readonly ITimer writer;
    private readonly long startedAt;
    private bool isToldOf;
    private bool isEnded;

    /// <summary>Makes one that does nothing yet.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="interval">From the end of one look to the next: looks cannot pile up.</param>
    /// <param name="look">Looks, within <see cref="Gate"/>.</param>
    /// <param name="tell">Told why it could not.</param>
    /// <param name="write">Writes to the store, outside the gate, whenever <see cref="BeginWriting"/> was called. It tells itself what goes wrong; null if nothing is written so.</param>
    public WatchLoop(TimeProvider clock, TimeSpan interval, Action look, Action<Exception> tell, Action? write = null)
    {
        this.clock = clock;
        this.interval = interval;
        this.look = look;
        this.tell = tell;
        this.write = write;
        startedAt = clock.GetTimestamp();
        writer = clock.CreateTimer(static self => ((WatchLoop)self!).Write(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        looker = clock.CreateTimer(static self => ((WatchLoop)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Held by whoever looks, and for moments by whoever writes.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Cancelled at the end: what is being written is rolled back, unless its commit has begun.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Ticks of 100 ns since the start, by a clock that nobody sets.</summary>
    public long Now => clock.GetElapsedTime(startedAt).Ticks;

    /// <summary>True from <see cref="BeginWriting"/> until it is written. Within the gate.</summary>
    public bool IsWriting { get; private set; }

    /// <summary>Begins to look.</summary>
    /// <param name="first">After how long.</param>
    public void Start(TimeSpan first) => looker.Change(first, Timeout.InfiniteTimeSpan);

    /// <summary>The time to the next try after one that failed: twice as long each time, up to a minute.</summary>
    public static TimeSpan Longer(TimeSpan delay) => delay * 2 < MaxRetryDelay ? delay * 2 : MaxRetryDelay;

    /// <summary>Has what was found be written. Within the gate.</summary>
    public void BeginWriting()
    {
        IsWriting = true;
        writer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends it. From the return on nothing is looked at or written.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (isEnded)
            {
                return;
            }

            isEnded = true;
            looker.Dispose();
            writer.Dispose();
        }

        stopping.Cancel();
        lock (writing)
        {
            stopping.Dispose();
        }
    }

    private void Look()
    {
        lock (Gate)
        {
            if (isEnded)
            {
                return;
            }

            try
            {
                look();
                isToldOf = false;
            }
#pragma warning disable CA1031 // It is told.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (!isToldOf)
                {
                    isToldOf = true;
                    tell(error);
                }
            }

            looker.Change(interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Write()
    {
        lock (writing)
        {
            lock (Gate)
            {
                if (isEnded)
                {
                    return;
                }
            }

            write!();
            lock (Gate)
            {
                IsWriting = false;
            }
        }
    }
}
