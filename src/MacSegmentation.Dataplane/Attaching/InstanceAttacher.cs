using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Events;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;
using MacSegmentation.Switch;

namespace MacSegmentation.Attaching;

/// <summary>
/// Makes for a running switch the TAP devices and veth pairs that instances wish for, makes them its ports, and removes them when the instance or the wish goes, or the switch ends. What an
/// enforcer left that was killed is removed at the next start.
/// </summary>
/// <remarks>
/// It has a thread of its own, which begins in the network namespace of whoever starts it. Which instance has which of the switch's spare ports is said by the tables in force; here their adapters
/// follow. What cannot be made is told once and tried again; nothing of it ends the enforcer.
/// </remarks>
public sealed class InstanceAttacher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly PolicyEnforcer enforcer;
    private readonly MacSwitch? ports;
    private readonly string storeId;
    private readonly TimeProvider clock;
    private readonly ManualResetEventSlim isEnding = new();
    private readonly Dictionary<int, InstanceLink> made = [];
    private readonly Dictionary<long, Failure> failures = [];
    private readonly Lock gate = new();
    private readonly NetworkLinks? links;
    private readonly Thread thread;

    /// <summary>Begins, in the calling thread's network namespace.</summary>
    /// <param name="store">The store whose instances they are.</param>
    /// <param name="enforcer">The enforcer, which follows the store; one that is no switch has no ports for instances.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public InstanceAttacher(IMacStore store, PolicyEnforcer enforcer, TimeProvider? timeProvider = null)
        : this(IdOf(store), enforcer, timeProvider)
    {
    }

    /// <summary>Begins, in the calling thread's network namespace.</summary>
    /// <param name="storeId">Identity of the store whose instances they are.</param>
    /// <param name="enforcer">The enforcer, which follows the store.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    internal InstanceAttacher(string storeId, PolicyEnforcer enforcer, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(enforcer);
        this.storeId = storeId;
        this.enforcer = enforcer;
        ports = enforcer.Switch;
        clock = timeProvider ?? TimeProvider.System;
        try
        {
            links = OperatingSystem.IsLinux() ? new NetworkLinks() : null;
        }
        catch (LinkException error)
        {
            Tell(EnforcerEventKind.AttachFailed, record: null, $"No adapters can be made for instances: {error.Message}.");
        }

        thread = new Thread(Work) { IsBackground = true, Name = "instances' adapters" };
        thread.Start();
        AppDomain.CurrentDomain.ProcessExit += OnProcessEnd;
        AppDomain.CurrentDomain.UnhandledException += OnProcessEnd;
    }

    /// <summary>Ends it, and removes from the host what it has made.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessEnd;
        AppDomain.CurrentDomain.UnhandledException -= OnProcessEnd;
        isEnding.Set();
        if (!thread.Join(EndTimeout))
        {
            RemoveAll();
            return;
        }

        links?.Dispose();
        isEnding.Dispose();
    }

    private static string IdOf(IMacStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Read(reader => reader.StoreId);
    }

    private void Work()
    {
        try
        {
            Guard(record: null, () => RemoveLeft(link => link.Alias.StartsWith(InstanceLink.AliasOf(storeId), StringComparison.Ordinal)));
            do
            {
                Guard(record: null, Look);
            }
            while (!isEnding.Wait(Interval));
        }
        finally
        {
            lock (gate)
            {
                foreach (int port in made.Keys.ToArray())
                {
                    Guard(made[port].Record, () => Detach(port));
                }
            }
        }
    }

    /// <summary>Nothing may escape: it would end the process, which is the user's shell. It is told once, and tried again.</summary>
    private void Guard(MacInterface? record, Action act)
    {
        try
        {
            act();
        }
#pragma warning disable CA1031 // It is told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(record, error);
        }
    }

    private void Look()
    {
        if (ports is null)
        {
            return;
        }

        var wanted = ports.ListAttachments();
        lock (gate)
        {
            var records = wanted.ToDictionary(one => one.Port, one => one.Record);
            foreach (int port in made.Where(one => !records.TryGetValue(one.Key, out var record) || !IsFor(one.Value, record) || one.Value.IsGone).Select(one => one.Key).ToArray())
            {
                Guard(made[port].Record, () => Detach(port));
            }

            foreach (var (port, record) in wanted.Where(one => !made.ContainsKey(one.Port) && IsDue(one.Record)))
            {
                Guard(record, () => Attach(port, record));
            }
        }

        var unplaced = ports.ListUnplaced();
        foreach (var record in unplaced)
        {
            Guard(record, () => throw (OperatingSystem.IsLinux()
                ? new MacSegmentationException("AttachmentLimit", MacErrorKind.Exhausted, "the switch makes ports for no more instances. Start it with a greater -AttachmentLimit, or end others with Remove-MacInstance", record.Name)
                : new MacSegmentationException("AttachNotSupported", MacErrorKind.InvalidOperation, "TAP devices and veth pairs exist on Linux only. On Hyper-V, give VMNetworkAdapterSettings to Set-VMNetworkAdapter", record.Name)));
        }

        if (unplaced.Count > 0 && OperatingSystem.IsLinux())
        {
            enforcer.PlaceAnew();
        }

        var known = wanted.Select(one => one.Record.InterfaceId).Concat(unplaced.Select(record => record.InterfaceId)).ToHashSet();
        foreach (long gone in failures.Keys.Where(id => id != 0 && !known.Contains(id)).ToArray())
        {
            failures.Remove(gone);
        }
    }

    /// <summary>True if nothing has to be made anew for a record.</summary>
    private static bool IsFor(InstanceLink link, MacInterface record) => link.Record.InterfaceId == record.InterfaceId
        && link.Record.Attachment!.Kind == record.Attachment?.Kind
        && link.Record.MacAddress == record.MacAddress
        && string.Equals(link.Record.Name, record.Name, StringComparison.Ordinal);

    private bool IsDue(MacInterface record) => !failures.TryGetValue(record.InterfaceId, out var failure) || clock.GetElapsedTime(failure.At) >= failure.Delay;

    private void Attach(int port, MacInterface record)
    {
        InstanceLink link;
        try
        {
            link = InstanceLink.Make(links!, storeId, record, clock);
        }
        catch (LinkException error) when (error.Number == NativeRoute.EEXIST && RemoveLeft(link => IsCutShort(link, record)))
        {
            link = InstanceLink.Make(links!, storeId, record, clock);
        }

        ports!.Plug(port, link.Source, link.Sink);
        made.Add(port, link);
        failures.Remove(record.InterfaceId);
        Tell(
            EnforcerEventKind.InstanceAttached,
            record,
            record.Attachment!.Kind == AttachmentKind.Tap
                ? $"TAP device {link.Sink.Name} is there for instance '{record.Name}'."
                : $"Adapter {InterfaceAttachment.AdapterOf(record)} is there for instance '{record.Name}'; its other end {link.Sink.Name} is the port.");
    }

    private void Detach(int port)
    {
        var link = made[port];
        made.Remove(port);
        ports!.Unplug(port);
        link.Dispose();
        Tell(EnforcerEventKind.InstanceDetached, link.Record, $"{InterfaceAttachment.AdapterOf(link.Record)} of instance '{link.Record.Name}' was removed.");
    }

    /// <summary>A link with the name and the group of what is made here, and no alias: whoever made it was killed before it had one.</summary>
    private bool IsCutShort(NetworkLink link, MacInterface record) => string.Equals(link.Name, InterfaceAttachment.PortOf(record), StringComparison.Ordinal)
        && (link.Alias.StartsWith(InstanceLink.AliasOf(storeId), StringComparison.Ordinal) || (link.Alias.Length == 0 && link.Group == NetworkLinks.Group));

    private bool RemoveLeft(Predicate<NetworkLink> isLeft) => links is not null && InstanceLink.RemoveLeft(links, isLeft);

    private void Fail(MacInterface? record, Exception error)
    {
        long key = record?.InterfaceId ?? 0;
        string text = Describe(record, error);
        bool isKnown = failures.TryGetValue(key, out var before);
        failures[key] = new Failure(text, clock.GetTimestamp(), isKnown ? WatchLoop.Longer(before.Delay) : FirstRetry);
        if (!isKnown || !string.Equals(before.Text, text, StringComparison.Ordinal))
        {
            Tell(EnforcerEventKind.AttachFailed, record, text);
        }
    }

    private static string Describe(MacInterface? record, Exception error)
    {
        if (record is null)
        {
            return $"The adapters of instances could not be looked after, and it is tried again. {error.Message}";
        }

        string adapter = InterfaceAttachment.AdapterOf(record);
        string why = error switch
        {
            LinkException { Number: NativeRoute.EPERM or NativeRoute.EACCES } => "the right to make adapters is missing (CAP_NET_ADMIN). Run as root, or give the executable that capability",
            LinkException { Number: NativeRoute.EEXIST or NativeRoute.EBUSY or NativeRoute.EINVAL } =>
                $"there is an adapter {adapter} or {InterfaceAttachment.PortOf(record)} already, and no enforcer of this store has left it. Remove or rename it with ip link",
            LinkException { Number: NativeRoute.ENOENT or NativeRoute.ENODEV or NativeRoute.EOPNOTSUPP } => $"this system has no such devices ({error.Message}): load its module with modprobe {(record.Attachment?.Kind == AttachmentKind.Tap ? "tun" : "veth")}",
            _ => error.Message.TrimEnd('.'),
        };
        return $"Instance '{record.Name}' has no port, and it is tried again: {why}.";
    }

    private void OnProcessEnd(object? sender, EventArgs e) => RemoveAll();

    /// <summary>The process ends without asking: what would outlive it goes.</summary>
    private void RemoveAll()
    {
        if (!gate.TryEnter(EndTimeout))
        {
            return;
        }

        try
        {
            foreach (var link in made.Values)
            {
                link.Remove();
            }
        }
        catch (LinkException)
        {
            // The next start removes what is left.
        }
        finally
        {
            gate.Exit();
        }
    }

    private void Tell(EnforcerEventKind kind, MacInterface? record, string text) => enforcer.Events.Publish(
        new MacEnforcerEvent { Time = clock.GetUtcNow(), Kind = kind, Interface = record?.Name, Detail = text });

    /// <summary>What went wrong last: it is told once.</summary>
    private readonly record struct Failure(string Text, long At, TimeSpan Delay);
}
