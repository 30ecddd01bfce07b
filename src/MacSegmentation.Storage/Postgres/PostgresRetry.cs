using System.Diagnostics;

namespace MacSegmentation.Stores.Postgres;

/// <summary>How often and how long something that failed for a passing reason is tried again.</summary>
/// <param name="longest">For so long after the first failure.</param>
/// <param name="cancellation">Ends the waiting.</param>
internal sealed class PostgresRetry(TimeSpan longest, CancellationToken cancellation = default)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private TimeSpan wait = TimeSpan.FromMilliseconds(5);
    private long firstFailure;

    /// <summary>Waits before the next attempt, longer each time and each a little different; false if it is not worth another.</summary>
    public bool Wait()
    {
        if (firstFailure == 0)
        {
            // What broke is mostly the one connection: a new one is tried at once.
            firstFailure = Stopwatch.GetTimestamp();
            return longest > TimeSpan.Zero;
        }

        if (Stopwatch.GetElapsedTime(firstFailure) + wait > longest)
        {
            return false;
        }

        // The pause is short and ends with the time for which is tried; its length varies only so that those who failed together do not come
        // back together.
#pragma warning disable CA5394, RS0030
        bool isStopped = cancellation.WaitHandle.WaitOne(wait * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394, RS0030
        if (isStopped)
        {
            return false;
        }

        wait = wait * 2 < MaxWait ? wait * 2 : MaxWait;
        return true;
    }
}
