namespace MacSegmentation.Workers;

/// <summary>A lock that is given in the sequence in which it was asked for: nobody is overtaken for ever, however busy the others are.</summary>
/// <remarks>
/// <see cref="Lock"/> gives itself to whoever comes by first, and a thread that takes it again at once comes by before one that has still to wake.
/// Here the one who leaves hands it over.
/// </remarks>
internal sealed class FairLock
{
    [ThreadStatic]
    private static ManualResetEventSlim? ownTurn;

    private readonly Lock gate = new();
    private readonly Queue<ManualResetEventSlim> waiting = new();
    private bool isTaken;

    /// <summary>How many wait for it.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Takes the lock. It is not reentrant.</summary>
    public void Enter()
    {
        ManualResetEventSlim turn;
        lock (gate)
        {
            if (!isTaken)
            {
                isTaken = true;
                return;
            }

            turn = ownTurn ??= new ManualResetEventSlim();
            turn.Reset();
            waiting.Enqueue(turn);
        }

        turn.Wait();
    }

    /// <summary>Hands the lock to who has waited longest.</summary>
    public void Exit()
    {
        lock (gate)
        {
            if (waiting.TryDequeue(out var next))
            {
                next.Set();
            }
            else
            {
                isTaken = false;
            }
        }
    }
}
