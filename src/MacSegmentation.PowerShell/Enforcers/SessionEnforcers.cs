using System.Management.Automation.Runspaces;

namespace MacSegmentation.Enforcers;

/// <summary>The enforcers' jobs, each with the runspace that started it: they end with it, with the module, and with the process.</summary>
internal static class SessionEnforcers
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<MacPolicyEnforcerJob, Guid> Owners = [];

    static SessionEnforcers()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(Find(_ => true));
    }

    /// <summary>Takes note of a job.</summary>
    public static void Add(MacPolicyEnforcerJob job, Runspace runspace)
    {
        lock (Gate)
        {
            Owners.Add(job, runspace.InstanceId);
        }
    }

    /// <summary>Forgets a job that is removed.</summary>
    public static void Remove(MacPolicyEnforcerJob job)
    {
        lock (Gate)
        {
            Owners.Remove(job);
        }
    }

    /// <summary>The jobs of a runspace.</summary>
    public static IReadOnlyList<MacPolicyEnforcerJob> List(Runspace runspace) => Find(owner => owner == runspace.InstanceId);

    /// <summary>Stops the enforcers of a runspace that ends or removes the module.</summary>
    public static void StopAll(Runspace runspace) => Stop(List(runspace));

    private static MacPolicyEnforcerJob[] Find(Predicate<Guid> isMeant)
    {
        lock (Gate)
        {
            return [.. Owners.Where(entry => isMeant(entry.Value)).Select(entry => entry.Key).OrderBy(job => job.Id)];
        }
    }

    private static void Stop(IReadOnlyList<MacPolicyEnforcerJob> jobs) => Parallel.ForEach(jobs, job => job.StopJob());
}
