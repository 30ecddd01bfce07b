using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MacSegmentation.Stores;

namespace MacSegmentation.Loading;

/// <summary>What happens when the module comes and goes.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Remembers the session that imports the module.</summary>
    public void OnImport() => SessionStores.Enter(Runspace.DefaultRunspace);

    /// <summary>Closes what the session has opened.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionStores.Leave(Runspace.DefaultRunspace);
}
