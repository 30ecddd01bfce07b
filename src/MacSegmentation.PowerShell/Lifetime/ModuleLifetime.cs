using System.Management.Automation.Runspaces;
using System.Management.Automation;
using MacSegmentation.Jobs;
using MacSegmentation.Loading;
using MacSegmentation.Pcap;
using MacSegmentation.Stores;
using MacSegmentation.Watches;

namespace MacSegmentation.Lifetime;

/// <summary>What happens when the module comes and goes: what a session has opened ends with the module and with the session.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly HashSet<Guid> Watched = [];

    /// <summary>Takes note of the session that imports the module.</summary>
    public void OnImport()
    {
        CaptureLayer.Use(DependencyContext.CreateCaptureLayer);
        var runspace = Runspace.DefaultRunspace;
        SessionStores.Enter(runspace);
        lock (Watched)
        {
            if (Watched.Add(runspace.InstanceId))
            {
                runspace.StateChanged += OnStateChanged;
            }
        }
    }

    /// <summary>Ends what the session has open.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => End(Runspace.DefaultRunspace);

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
        {
            End((Runspace)sender!);
        }
    }

    private static void End(Runspace runspace)
    {
        MacEventSource.StopAll(runspace);
        SessionJobs.StopAll(runspace);
        SessionStores.Leave(runspace);
    }
}
