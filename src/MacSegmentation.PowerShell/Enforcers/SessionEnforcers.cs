using System.Management.Automation.Runspaces;

namespace MacSegmentation.Enforcers;

/// <summary>The enforcers that run, each with the runspace that started it: they end with it, with the module, and with the process.</summary>
internal static class SessionEnforcers
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<MacPolicyEnforcerJob, Guid> Running = [];

    static SessionEnforcers()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(_ => true);
    }

    /// <summary>Takes note of an enforcer.</summary>
    public static void Add(MacPolicyEnforcerJob job, Runspace runspace)
    {
        lock (Gate)
        {
            Running.Add(job, runspace.InstanceId);
        }
    }

    /// <summary>Forgets an enforcer that has ended.</summary>
    public static void Remove(MacPolicyEnforcerJob job)
    {
        lock (Gate)
        {
            Running.Remove(job);
        }
    }

    /// <summary>The enforcers of all runspaces.</summary>
    public static IReadOnlyList<MacPolicyEnforcerJob> List()
    {
        lock (Gate)
        {
            return [.. Running.Keys.OrderBy(job => job.Id)];
        }
    }

    /// <summary>Stops the enforcers of a runspace that ends or removes the module.</summary>
    public static void StopAll(Runspace runspace) => Stop(owner => owner == runspace.InstanceId);

    private static void Stop(Predicate<Guid> isMeant)
    {
        MacPolicyEnforcerJob[] stopping;
        lock (Gate)
        {
            stopping = [.. Running.Where(entry => isMeant(entry.Value)).Select(entry => entry.Key)];
        }

        Parallel.ForEach(stopping, job => job.StopJob());
    }
}
