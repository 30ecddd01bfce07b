namespace MacSegmentation.Stores.Sql;

/// <summary>Lets one thread of the process write to a store at a time.</summary>
internal sealed class WriteLock
{
    /// <summary>Whoever waits looks so often whether it is to stop: a lock cannot be waited for together with anything else.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly Lock held = new();

    /// <summary>Waits for the lock.</summary>
    public Lock.Scope Enter() => held.EnterScope();

    /// <summary>Waits for the lock; false if it was not free in time.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    /// <exception cref="InvalidOperationException">The thread has it already.</exception>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancellation)
    {
        if (held.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException("A change is under way on this thread; make both parts of one transaction.");
        }

        if (!cancellation.CanBeCanceled)
        {
            return held.TryEnter(timeout);
        }

        var left = timeout;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (held.TryEnter(left < Glance ? left : Glance))
            {
                return true;
            }

            left -= Glance;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
        }
    }

    /// <summary>Takes the lock if it is free now; false also if the thread has it already.</summary>
    public bool TryEnterNow() => !held.IsHeldByCurrentThread && held.TryEnter();

    /// <summary>Gives the lock back.</summary>
    public void Exit() => held.Exit();
}
