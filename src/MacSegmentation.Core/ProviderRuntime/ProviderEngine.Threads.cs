using MacSegmentation.BlockProtocol;
using MacSegmentation.Errors;

namespace MacSegmentation.ProviderRuntime;

/// <content>The two threads: one decides what devices ask, the other has both stores know what the other did.</content>
public sealed partial class ProviderEngine
{
    private void DecideUntilStopped()
    {
        foreach (var first in queue.GetConsumingEnumerable())
        {
            DecideWith(first);
        }
    }

    /// <summary>Decides what waits, in batches.</summary>
    internal void DecideWaiting()
    {
        while (queue.TryTake(out var first))
        {
            DecideWith(first);
        }
    }

    private void DecideWith(PendingWork first)
    {
        var batch = new List<PendingWork> { first };
        while (batch.Count < LargestBatch && queue.TryTake(out var next))
        {
            batch.Add(next);
        }

        var requests = batch.OfType<PendingRequest>().ToList();
        if (requests.Count > 0)
        {
            Decide(requests);
        }

        foreach (var task in batch.OfType<PendingTask>())
        {
            lock (betweenStores)
            {
                task.Run();
            }
        }
    }

    /// <summary>Decides on a thread of the provider's own: whatever goes wrong is the answer to those who wait.</summary>
    private void Decide(List<PendingRequest> batch)
    {
        try
        {
            lock (betweenStores)
            {
                desk.Decide(batch);
            }
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception error)
#pragma warning restore CA1031
        {
            synchronizer.KeepNews();
            batch.ForEach(request => request.Fail(error));
        }
    }

    private void SynchronizeUntilStopped()
    {
        string trouble = string.Empty;
        while (!isStopping)
        {
            roundWanted.WaitOne(options.Interval);
            trouble = TrySynchronize(trouble);

            // What this provider does is a change like any other, of which it hears too: rounds must not chase each other.
            stopped.Wait(synchronizer.IsCaughtUp ? MinPause : LearningPause);
        }
    }

    /// <summary>A round on a thread of the provider's own: whatever goes wrong is told, once, and the next round tries again.</summary>
    private string TrySynchronize(string told)
    {
        try
        {
            Synchronize();
            if (!synchronizer.IsCaughtUp && root.IsUp)
            {
                HurryRound();
            }

            IsReady = !isStopping;
            return string.Empty;
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception error)
#pragma warning restore CA1031
        {
            // Who was removed, or whose blocks another store gives out, must not go on.
            if (error is MacSegmentationException { ErrorId: ("ProviderNotFound" or "ProviderElsewhere" or "ReplicaSuperseded" or "ProviderHomeForeign") and var ended })
            {
                IsReady = false;
                ending = new ServiceTrouble(ended, ended switch
                {
                    "ProviderNotFound" => "This provider was removed from the shared store. Ask another one.",
                    "ReplicaSuperseded" => "Another process answers as this provider. Ask that one.",
                    _ => "What this provider answers from is not its own any more. Ask another one.",
                });
            }

            if (!string.Equals(error.Message, told, StringComparison.Ordinal))
            {
                Tell(ProviderEventKind.Trouble, error.Message);
            }

            return error.Message;
        }
    }

    /// <summary>Has the next round come at once. May be called by the shared store's own thread, late.</summary>
    private void HurryRound()
    {
        if (!isStopping)
        {
            roundWanted.Set();
        }
    }

    private void Run(string name, Action work)
    {
        Interlocked.Increment(ref users);
        var thread = new Thread(() =>
        {
            work();
            Leave();
        })
        { IsBackground = true, Name = name };
        threads.Add(thread);
        thread.Start();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            root.Dispose();
            queue.Dispose();
        }
    }
}
