using System.Runtime.ExceptionServices;

namespace MacSegmentation.Workers;

/// <summary>Workers, each on a thread of its own, that end together: if one fails, all are stopped, and the last to end says so.</summary>
/// <param name="workers">The workers, at least one.</param>
/// <param name="failed">Told of an error of a worker, before the others are stopped; on its thread.</param>
/// <param name="ended">Called once, when no worker works any more; on the last one's thread.</param>
internal sealed class WorkerThreads(IReadOnlyList<IWorker> workers, Action<Exception> failed, Action ended)
{
    private int working = workers.Count;

    /// <summary>What the workers hold, to be closed when all have ended.</summary>
    public IEnumerable<IDisposable> Held => workers.OfType<IDisposable>();

    /// <summary>Starts them.</summary>
    public void Start()
    {
        foreach (var worker in workers)
        {
            try
            {
                new Thread(() => Work(worker.Run)) { IsBackground = true, Name = worker.Name }.Start();
            }
            catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
            {
                // Those that have started end too.
                Work(() => ExceptionDispatchInfo.Throw(error));
            }
        }
    }

    /// <summary>Has them end soon; from any thread.</summary>
    public void Stop()
    {
        foreach (var worker in workers)
        {
            worker.Stop();
        }
    }

    /// <summary>Nothing may escape: it would end the process, which is the user's shell.</summary>
    private void Work(Action run)
    {
        try
        {
            run();
        }
        catch (Exception error)
        {
            failed(error);
            Stop();
        }

        if (Interlocked.Decrement(ref working) == 0)
        {
            ended();
        }
    }
}
