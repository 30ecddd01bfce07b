using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Following;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.LivePorts;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Attaching;

/// <summary>A running switch with one port of its own, behind which is a host, and what makes ports for instances beside it.</summary>
internal sealed class AttachScene : IDisposable
{
    public const int Vlan = 10;
    public const string HostAddress = "10.0.0.1";

    private const string HostPort = "p-far";
    private static readonly MacAddress HostMac = MacAddress.Parse("02:00:00:00:00:f0");

    private readonly TemporaryFolder folder = new();
    private readonly IMacStore store;
    private readonly StoreFollower follower;
    private readonly PolicyEnforcer enforcer;
    private readonly List<MacEnforcerEvent> events = [];
    private InstanceAttacher? attacher;

    public AttachScene(int limit = 2)
    {
        Assert.SkipUnless(Segment.Missing is null, $"The lab needs network namespaces: {Segment.Missing}");
        store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") });
        Write(writer =>
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = Vlan, Ranges = [MacRange.Parse("02:00:00:00:10:00/40")] });
            return InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "far", VlanId = Vlan, MacAddress = HostMac, IPAddress = [HostAddress + "/24"] });
        });
        Far = new Host("far", HostMac, [HostAddress + "/24"], Middle, HostPort);
        follower = new StoreFollower(store, PolicyAction.Allow);
        enforcer = Middle.Run(() =>
        {
            var live = LiveSwitch.Open([new SwitchPortSettings { Adapter = HostPort, MacInterface = "far" }], new SwitchOptions { AttachmentLimit = limit });
            var started = new PolicyEnforcer(follower.Snapshot, follower.Table, live.Layout.WithAttachments("lab"));
            started.Start();
            return started;
        });
        follower.Start(enforcer);
        Far.AssignAddresses();
    }

    /// <summary>The switch's machine.</summary>
    public NetworkNamespace Middle { get; } = new("switch");

    /// <summary>The host at the port of its own.</summary>
    public Host Far { get; }

    public PolicyEnforcer Enforcer => enforcer;

    public IReadOnlyList<MacEnforcerEvent> Events
    {
        get
        {
            while (enforcer.Events.Reader.TryRead(out var told))
            {
                events.Add(told);
            }

            return events;
        }
    }

    public void Attach(bool withRights = true)
    {
        string id = store.Read(reader => reader.StoreId);
        attacher = Middle.Run(() => withRights ? new InstanceAttacher(store, enforcer) : OwnThread.RunWithoutRights(() => new InstanceAttacher(id, enforcer)));
    }

    public void Detach()
    {
        attacher?.Dispose();
        attacher = null;
    }

    public T Write<T>(Func<IStoreWriter, T> change) => store.Write(change);

    public MacInstance Launch(string name, AttachmentKind kind, string? by = null, string address = "10.0.0.2/24") =>
        Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = name, VlanId = Vlan, IPAddress = [address], Attach = kind, AttachEnforcer = by }));

    public void Remove(string name) => Write(writer => InstanceCatalog.Remove(writer, name, force: false));

    /// <summary>A machine that uses what was made for an instance.</summary>
    public NetworkNamespace Use(MacInstance instance, string address = "10.0.0.2/24")
    {
        Await(instance.AttachAdapter!, isThere: true);
        var machine = new NetworkNamespace("machine");
        Middle.Ip("link", "set", instance.AttachAdapter!, "netns", machine.Name);
        machine.Ip("link", "set", instance.AttachAdapter!, "up");
        machine.Ip("address", "add", address, "dev", instance.AttachAdapter!);
        return machine;
    }

    public bool HasLink(string name) => Command.Try("ip", "-n", Middle.Name, "link", "show", name).ExitCode == 0;

    public void Await(string link, bool isThere) => Deadline.Await($"{link} is {(isThere ? "there" : "gone")}: {string.Join(" ", Events.Select(told => told.Message))}", () => HasLink(link) == isThere, 20);

    public MacEnforcerEvent AwaitEvent(EnforcerEventKind kind, string about)
    {
        MacEnforcerEvent? found = null;
        Deadline.Await($"{kind} of {about}", () => (found = Events.FirstOrDefault(told => told.Kind == kind && string.Equals(told.Interface, about, StringComparison.Ordinal))) is not null, 20);
        return found!;
    }

    public void Dispose()
    {
        Detach();
        follower.Dispose();
        enforcer.Dispose();
        Far.Dispose();
        Middle.Dispose();
        store.Dispose();
        folder.Dispose();
    }
}
