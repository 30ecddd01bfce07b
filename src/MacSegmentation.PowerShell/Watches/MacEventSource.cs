using System.Management.Automation.Runspaces;
using MacSegmentation.Stores;
using MacSegmentation.Watching;

namespace MacSegmentation.Watches;

/// <summary>What PowerShell's event system subscribes to: a watch of a store, which looks as long as somebody is subscribed.</summary>
public sealed class MacEventSource : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<MacEventSource, Guid> Sources = [];

    private readonly StoreWatcher watcher;
    private readonly string name;
    private EventHandler<MacStoreEventArgs>? subscribers;

    internal MacEventSource(IMacStore store, string place, IReadOnlyList<WatchCondition> conditions, string name, Runspace runspace)
    {
        this.name = name;
        Store = place;
        When = [.. conditions.Select(condition => condition.Text)];
        watcher = new StoreWatcher(store, conditions, Tell);
        lock (Gate)
        {
            Sources.Add(this, runspace.InstanceId);
        }
    }

    /// <summary>Raised when a condition became true. Raised on a thread of its own; PowerShell queues it for the session.</summary>
    public event EventHandler<MacStoreEventArgs>? Occurred
    {
        add
        {
            subscribers += value;
            watcher.Start();
        }

        remove
        {
            subscribers -= value;
            if (subscribers is null)
            {
                Stop();
            }
        }
    }

    /// <summary>The conditions.</summary>
    public IReadOnlyList<string> When { get; }

    /// <summary>The store.</summary>
    public string Store { get; }

    /// <summary>The watch.</summary>
    internal StoreWatcher Watcher => watcher;

    /// <summary>Ends the watch.</summary>
    public void Dispose() => Stop();

    /// <summary>Ends what a runspace watches.</summary>
    internal static void StopAll(Runspace runspace)
    {
        MacEventSource[] own;
        lock (Gate)
        {
            own = [.. Sources.Where(source => source.Value == runspace.InstanceId).Select(source => source.Key)];
        }

        foreach (var source in own)
        {
            source.Stop();
        }
    }

    /// <summary>Ends the watch beside whoever asks: PowerShell unsubscribes under a lock that a look which tells an event may wait for.</summary>
    internal void Stop()
    {
        lock (Gate)
        {
            if (!Sources.Remove(this))
            {
                return;
            }
        }

        _ = Task.Run(watcher.Dispose);
    }

    private void Tell(MacStoreEvent happened) => subscribers?.Invoke(this, new MacStoreEventArgs(happened with { Watch = name }));
}
