using System.Management.Automation;

namespace MacSegmentation.Jobs;

/// <summary>
/// A background job of the session that runs until it is stopped: it ends with the runspace that started it, with the module, and with the process. Its
/// streams hold rare things only, because unread ones grow.
/// </summary>
public abstract class SessionJob : Job
{
    /// <summary>Records that wait in each stream for somebody to receive them; more are counted and not kept.</summary>
    private const int MaxUnread = 10_000;

    private readonly Lock stateGate = new();
    private long eventsDiscarded;

    /// <summary>Creates the job.</summary>
    /// <param name="command">What the user typed.</param>
    /// <param name="name">The job's name, or null.</param>
    /// <param name="type">The kind of job, as Get-Job shows it.</param>
    private protected SessionJob(string command, string? name, string type)
        : base(command, name)
    {
        PSJobTypeName = type;
    }

    /// <inheritdoc/>
    public override bool HasMoreData => Output.Count + Error.Count + Warning.Count > 0;

    /// <summary>Events that were not kept because too many were waiting already.</summary>
    public long EventsDiscarded => Volatile.Read(ref eventsDiscarded);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            SessionJobs.Remove(this);
        }

        base.Dispose(disposing);
    }

    /// <summary>Moves on to a state; false if the job has ended: that is never taken back.</summary>
    private protected bool TryBecome(JobState state)
    {
        lock (stateGate)
        {
            if (JobStateInfo.State is JobState.Completed or JobState.Failed or JobState.Stopped)
            {
                return false;
            }

            SetJobState(state);
            return true;
        }
    }

    /// <summary>Adds a record for whoever receives the job.</summary>
    private protected void Keep<T>(PSDataCollection<T> stream, T record)
    {
        if (stream.IsOpen && stream.Count < MaxUnread)
        {
            stream.Add(record);
        }
        else
        {
            Interlocked.Increment(ref eventsDiscarded);
        }
    }
}
