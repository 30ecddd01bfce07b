namespace MacSegmentation.Workers;

/// <summary>A thread for the queues of ports whose own threads wait for their sources: it sleeps until the next frame is due.</summary>
/// <param name="name">What the thread is called.</param>
/// <param name="ports">The ports.</param>
internal sealed class QueueWorker(string name, IReadOnlyList<IServedPort> ports) : IWorker, IDisposable
{
    /// <summary>Nanoseconds that it waits at most, for due times that come nearer unnoticed.</summary>
    private const long LookEvery = 100_000_000;

    private readonly DueWait bell = new();
    private readonly Lock closing = new();
    private volatile bool isStopped;
    private bool isDisposed;
    private int live = ports.Count;

    public string Name => name;

    public void Run()
    {
        while (!isStopped && Volatile.Read(ref live) > 0)
        {
            long delay = long.MaxValue;
            foreach (var port in ports)
            {
                if (port.Delay == 0)
                {
                    port.ServeQueues();
                }

                delay = Math.Min(delay, port.Delay);
            }

            bell.Wait(Math.Min(LookEvery, delay));
        }
    }

    /// <summary>A port has taken in a batch: something may be due before it was expected.</summary>
    public void Wake()
    {
        lock (closing)
        {
            // Who stops an enforcer may come just after its own end.
            if (!isDisposed)
            {
                bell.Ring();
            }
        }
    }

    /// <summary>One port's source has ended.</summary>
    public void NoteEnd()
    {
        Interlocked.Decrement(ref live);
        Wake();
    }

    public void Stop()
    {
        isStopped = true;
        Wake();
    }

    public void Dispose()
    {
        lock (closing)
        {
            isDisposed = true;
            bell.Dispose();
        }
    }
}
