using System.Management.Automation.Runspaces;

namespace MacSegmentation.Stores;

/// <summary>
/// Which store a session's cmdlets use. A runspace that connects to a store uses that one. Any other runspace (ForEach-Object -Parallel, a
/// thread job) uses the one of the runspace that imported the module first, which is the user's own; where that has none, the default
/// store is opened. It is made by what makes records in it, and by nothing after the session was disconnected. So a job can never turn the user's prompt round to another store.
/// </summary>
internal static class SessionStores
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Guid, SessionStore> Stores = [];
    private static readonly HashSet<Guid> Disconnected = [];
    private static readonly HashSet<Guid> Refused = [];
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
            Disconnected.Remove(runspace.InstanceId);
            Refused.Remove(runspace.InstanceId);
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
            Refused.Remove(runspace.InstanceId);
        }

        replaced?.Store.Dispose();
    }

    /// <summary>Closes the runspace's store; false if it has none of its own.</summary>
    public static bool Disconnect(Runspace runspace)
    {
        SessionStore? store;
        lock (Gate)
        {
            bool wasRefused = Refused.Remove(runspace.InstanceId);
            if (!Stores.Remove(runspace.InstanceId, out store))
            {
                return wasRefused;
            }

            Disconnected.Add(runspace.InstanceId);
        }

        store.Store.Dispose();
        return true;
    }

    /// <summary>Takes note that a runspace has asked for a store that could not be opened: if it has none, it gets no other in its place.</summary>
    public static void Refuse(Runspace runspace)
    {
        lock (Gate)
        {
            if (!Stores.ContainsKey(runspace.InstanceId))
            {
                Refused.Add(runspace.InstanceId);
            }
        }
    }

    /// <summary>True if the runspace asked for a store last that could not be opened, and has none.</summary>
    public static bool IsRefused(Runspace runspace)
    {
        lock (Gate)
        {
            return Refused.Contains(runspace.InstanceId) || (!Stores.ContainsKey(runspace.InstanceId) && main is { } id && Refused.Contains(id));
        }
    }

    /// <summary>True if the default store may be made for the runspace: nobody has closed a store that it used.</summary>
    public static bool MayMakeDefault(Runspace runspace)
    {
        lock (Gate)
        {
            return !Disconnected.Contains(runspace.InstanceId) && !(main is { } id && Disconnected.Contains(id));
        }
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
