using System.Management.Automation.Runspaces;

namespace MacSegmentation.Providers;

/// <summary>The providers' jobs, each with the runspace that started it: they end with it, with the module, and with the process.</summary>
internal static class SessionProviders
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<MacProviderJob, Guid> Owners = [];

    static SessionProviders()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(Find(_ => true));
    }

    /// <summary>Takes note of a job.</summary>
    public static void Add(MacProviderJob job, Runspace runspace)
    {
        lock (Gate)
        {
            Owners.Add(job, runspace.InstanceId);
        }
    }

    /// <summary>Forgets a job that is removed.</summary>
    public static void Remove(MacProviderJob job)
    {
        lock (Gate)
        {
            Owners.Remove(job);
        }
    }

    /// <summary>The jobs of a runspace.</summary>
    public static IReadOnlyList<MacProviderJob> List(Runspace runspace) => Find(owner => owner == runspace.InstanceId);

    /// <summary>Stops the providers of a runspace that ends or removes the module.</summary>
    public static void StopAll(Runspace runspace) => Stop(List(runspace));

    private static MacProviderJob[] Find(Predicate<Guid> isMeant)
    {
        lock (Gate)
        {
            return [.. Owners.Where(entry => isMeant(entry.Value)).Select(entry => entry.Key).OrderBy(job => job.Id)];
        }
    }

    private static void Stop(IReadOnlyList<MacProviderJob> jobs) => Parallel.ForEach(jobs, job => job.StopJob());
}
