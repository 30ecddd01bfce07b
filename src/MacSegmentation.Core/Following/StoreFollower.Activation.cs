using MacSegmentation.Policies;
using MacSegmentation.Stores;

namespace MacSegmentation.Following;

/// <content>
/// How a configuration comes in force: because the store has another, or because a policy of the one in force expires. The second has a timer of its own, which waits for no store: a
/// round that hangs at a server that is away keeps no policy alive. Of two reasons at once the one that came first compiles, and goes on with the other's when it is done.
/// </content>
public sealed partial class StoreFollower
{
    /// <summary>Longest time between two looks at when the next policy expires.</summary>
    private static readonly TimeSpan MaxExpiryWait = TimeSpan.FromHours(1);

    /// <summary>A table is compiled this long before its time at most.</summary>
    private static readonly TimeSpan MaxLead = TimeSpan.FromMinutes(1);

    private ITimer? expiryTimer;
    private bool isActivating;
    private bool isAskedAgain;
    private ConfigurationSnapshot? waiting;

    /// <summary>The table for the time after the next expiry, compiled before it.</summary>
    private Prepared? ahead;

    /// <summary>How long before an expiry the table for the time after it is compiled: twice what the last one took.</summary>
    private TimeSpan lead;

    private void Activate(ConfigurationSnapshot? newest)
    {
        lock (gate)
        {
            if (isActivating || listener is null)
            {
                waiting = newest ?? waiting;
                isAskedAgain = true;
                return;
            }

            isActivating = true;
        }

        for (bool isMore = true; isMore;)
        {
            ActivateOnce(newest ?? Snapshot);
            lock (gate)
            {
                newest = waiting;
                waiting = null;
                isMore = isAskedAgain && listener is not null;
                isAskedAgain = false;
                if (!isMore)
                {
                    isActivating = false;
                    ArmExpiry();
                }
            }
        }
    }

    /// <summary>Runs on a thread that nobody waits for, where an exception would end the process: whatever goes wrong is told to the listener.</summary>
    private void ActivateOnce(ConfigurationSnapshot newest)
    {
        bool isNew = !ReferenceEquals(newest, Snapshot);
        try
        {
            var now = timeProvider.GetUtcNow();
            if (!isNew && Table.HoldsAt(now))
            {
                if (ahead is null && Table.NextExpiry is { } expiry && expiry - now <= lead)
                {
                    ahead = Prepare(newest, expiry);
                }

                return;
            }

            var ready = !isNew && ahead is { } compiled && compiled.Table.HoldsAt(now) ? compiled : null;
            ahead = null;
            ready ??= Prepare(newest, now);
            Tell(_ => ready.Commit?.Invoke());
            Snapshot = newest;
            Table = ready.Table;
            failed = null;
            if (isNew && newest.StartsOver)
            {
                Tell(static changes => changes.OnStoreReplaced());
            }
        }
#pragma warning disable CA1031 // Nobody waits for this thread: the listener gets it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            bool isNews = failed is null;
            bool isSame = failed is not null && failed.Revision == newest.Revision && string.Equals(failed.Token, newest.Token, StringComparison.Ordinal);
            retryDelay = isSame && retryDelay > TimeSpan.Zero ? Min(retryDelay * 2, MaxRetryDelay) : store.PollingInterval;
            failed = newest;
            failedAt = timeProvider.GetUtcNow();
            if (isNews)
            {
                Tell(changes => changes.OnTableFailed(error));
            }
        }
    }

    private Prepared Prepare(ConfigurationSnapshot snapshot, DateTimeOffset time)
    {
        long began = timeProvider.GetTimestamp();
        var table = DecisionTable.Compile(snapshot, unknownVlanAction, Table, time);
        var commit = listener?.Prepare(snapshot, table);
        lead = Min(timeProvider.GetElapsedTime(began) * 2, MaxLead);
        return new Prepared(table, commit);
    }

    /// <summary>Sets the timer for the next expiry, or for compiling what holds after it. The caller has the gate.</summary>
    private void ArmExpiry()
    {
        if (Table.NextExpiry is not { } expiry)
        {
            expiryTimer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = expiry - timeProvider.GetUtcNow();
        if (wait <= TimeSpan.Zero && failed is not null)
        {
            wait = retryDelay;
        }
        else if (ahead is null && lead > TimeSpan.Zero)
        {
            wait -= lead;
        }

        // A timer counts whole milliseconds: one that is set to less comes too early, again and again.
        double milliseconds = Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, MaxExpiryWait.TotalMilliseconds));
        expiryTimer?.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is ready to be put in force.</summary>
    private sealed record Prepared(DecisionTable Table, Action? Commit);
}
