using System.Management.Automation.Runspaces;

namespace MacSegmentation.Stores;

/// <summary>
/// Which store a session's cmdlets use. A runspace that connects to a store uses that one. Any other runspace (ForEach-Object -Parallel, a
/// thread job) uses the one of the runspace that imported the module first, which is the user's own; where that has none, the default
/// store is opened. So a job can never turn the user's prompt round to another store.
/// </summary>
internal static class SessionStores
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Guid, SessionStore> Stores = [];
    private static Guid? main;

    /// <summary>Takes note of a runspace that imports the module.</summary>
    public static void Enter(Runspace runspace)
    {
        lock (Gate)
        {
            main ??= runspace.InstanceId;
        }
    }

    /// <summary>Closes the store of a runspace that ends or removes the module.</summary>
    public static void Leave(Runspace runspace)
    {
        Disconnect(runspace);
        lock (Gate)
        {
            if (main == runspace.InstanceId)
            {
                main = null;
            }
        }
    }

    /// <summary>Makes a store the runspace's, and closes the one that it had.</summary>
    public static void Set(Runspace runspace, SessionStore store)
    {
        SessionStore? replaced;
        lock (Gate)
        {
            Stores.TryGetValue(runspace.InstanceId, out replaced);
            Stores[runspace.InstanceId] = store;
        }

        replaced?.Store.Dispose();
    }

    /// <summary>Closes the runspace's store; false if it has none of its own.</summary>
    public static bool Disconnect(Runspace runspace)
    {
        SessionStore? store;
        lock (Gate)
        {
            if (!Stores.Remove(runspace.InstanceId, out store))
            {
                return false;
            }
        }

        store.Store.Dispose();
        return true;
    }

    /// <summary>The store that the runspace uses, or null if that would be the default store and it is not open.</summary>
    public static SessionStore? Find(Runspace runspace)
    {
        lock (Gate)
        {
            return Stores.TryGetValue(runspace.InstanceId, out var own) ? own
                : main is { } id && Stores.TryGetValue(id, out var inherited) ? inherited
                : null;
        }
    }
}
