using System.Management.Automation.Runspaces;

namespace MacSegmentation.Jobs;

/// <summary>The module's jobs, each with the runspace that started it: they end with it, with the module, and with the process.</summary>
internal static class SessionJobs
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<SessionJob, Guid> Owners = [];

    static SessionJobs()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(Find(_ => true));
    }

    /// <summary>Takes note of a job.</summary>
    public static void Add(SessionJob job, Runspace runspace)
    {
        lock (Gate)
        {
            Owners.Add(job, runspace.InstanceId);
        }
    }

    /// <summary>Forgets a job that is removed.</summary>
    public static void Remove(SessionJob job)
    {
        lock (Gate)
        {
            Owners.Remove(job);
        }
    }

    /// <summary>The jobs of one kind that a runspace has.</summary>
    public static IEnumerable<T> List<T>(Runspace runspace)
        where T : SessionJob => Find(owner => owner == runspace.InstanceId).OfType<T>();

    /// <summary>Stops the jobs of a runspace that ends or removes the module.</summary>
    public static void StopAll(Runspace runspace) => Stop(Find(owner => owner == runspace.InstanceId));

    private static SessionJob[] Find(Predicate<Guid> isMeant)
    {
        lock (Gate)
        {
            return [.. Owners.Where(entry => isMeant(entry.Value)).Select(entry => entry.Key).OrderBy(job => job.Id)];
        }
    }

    private static void Stop(IReadOnlyList<SessionJob> jobs) => Parallel.ForEach(jobs, job => job.StopJob());
}
