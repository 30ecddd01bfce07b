using MacSegmentation.Addressing;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Following;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.LivePorts;
using MacSegmentation.Ownership;
using MacSegmentation.Pcap;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Lab.Network;

/// <summary>
/// Hosts, each at a port of a switch. The switch runs as a shell or a service runs it: it follows a store on disk, in which its ports'
/// interface records are.
/// </summary>
public sealed class SwitchedNetwork : IDisposable
{
    /// <summary>The VLAN of the hosts; it is in the store, and has a pool of addresses.</summary>
    public const int Vlan = 10;

    private readonly LabStore store;
    private readonly NetworkNamespace middle;
    private readonly List<Host> hosts = [];
    private readonly List<SwitchPortSettings> ports = [];
    private readonly List<MacEnforcerEvent> events = [];
    private StoreFollower? follower;
    private PolicyEnforcer? enforcer;

    /// <summary>Makes a network without hosts.</summary>
    public SwitchedNetwork()
    {
        Assert.SkipUnless(Segment.Missing is null, $"The lab needs network namespaces: {Segment.Missing}");
        store = new LabStore();
        AddVlan(Vlan);
        middle = new NetworkNamespace("switch");
    }

    /// <summary>The switch.</summary>
    public PolicyEnforcer Enforcer => enforcer ?? throw new InvalidOperationException("The switch was not started yet.");

    /// <summary>What the switch knows.</summary>
    public MacSwitch Switch => Enforcer.Switch!;

    /// <summary>What the switch told so far.</summary>
    public IReadOnlyList<MacEnforcerEvent> Events
    {
        get
        {
            while (Enforcer.Events.Reader.TryRead(out var told))
            {
                events.Add(told);
            }

            return events;
        }
    }

    /// <summary>Adds a VLAN with a pool of 256 addresses.</summary>
    public void AddVlan(int vlanId) => store.Write(writer => VlanCatalog.Create(writer, new MacVlan
    {
        VlanId = vlanId,
        Ranges = [MacRange.Parse($"02:00:00:00:{vlanId:x2}:00-02:00:00:00:{vlanId:x2}:ff")],
    }));

    /// <summary>Adds a host with an interface record and its port; to be done before the start.</summary>
    public Host AddHost(string name, params string[] addresses) =>
        AddHost(new InterfaceRequest { Name = name, VlanId = Vlan, IPAddress = addresses, PermittedEtherType = ["0x88b5"] });

    /// <inheritdoc cref="AddHost(string, string[])"/>
    public Host AddHost(InterfaceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var record = store.Write(writer => InterfaceCatalog.Create(writer, request));
        return Join(record.Name, record.MacAddress, request.IPAddress, port => new SwitchPortSettings { Adapter = port, MacInterface = record.Name });
    }

    /// <summary>Adds a host without an interface record, at a port that is what the test says; to be done before the start.</summary>
    /// <param name="name">The host's name.</param>
    /// <param name="mac">Its hardware address.</param>
    /// <param name="settings">Its port, given the port's network interface.</param>
    public Host AddHost(string name, MacAddress mac, Func<string, SwitchPortSettings> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Join(name, mac, [], settings);
    }

    /// <summary>Joins an adapter of the switch's machine with another machine: the network below a tunnel. To be done before the start.</summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="address">Its address, with the length of its prefix.</param>
    /// <param name="other">The other machine.</param>
    /// <param name="otherInterface">Its interface.</param>
    /// <param name="otherAddress">Its address, with the length of its prefix.</param>
    public void AddUnderlay(string adapter, string address, NetworkNamespace other, string otherInterface, string otherAddress)
    {
        ArgumentNullException.ThrowIfNull(other);
        middle.Connect(adapter, other, otherInterface);
        middle.Ip("address", "add", address, "dev", adapter);
        other.Ip("address", "add", otherAddress, "dev", otherInterface);
        InterfaceFeatures.FinishFrames(other, otherInterface);
        InterfaceFeatures.FinishFrames(middle, adapter);
    }

    /// <summary>Joins the machines of two switches: the network below a tunnel. To be done before the start.</summary>
    /// <param name="adapter">The adapter of each.</param>
    /// <param name="address">This one's address, with the length of its prefix.</param>
    /// <param name="other">The other switch.</param>
    /// <param name="otherAddress">Its address.</param>
    public void AddUnderlay(string adapter, string address, SwitchedNetwork other, string otherAddress)
    {
        ArgumentNullException.ThrowIfNull(other);
        AddUnderlay(adapter, address, other.middle, adapter, otherAddress);
    }

    /// <summary>Runs a program on the switch's machine beside the test.</summary>
    public HostProcess Start(string program, params string[] arguments) => new(middle, program, arguments);

    /// <summary>Adds a route to the switch's machine.</summary>
    public void AddRoute(string network, string gateway) => middle.Ip("route", "add", network, "via", gateway);

    /// <summary>Adds a port that is none of a host's; to be done before the start.</summary>
    public void AddPort(SwitchPortSettings port) => ports.Add(port);

    /// <summary>The numbers of a port.</summary>
    public SwitchPortStatistics Statistics(string port) => Enforcer.GetStatistics().Ports.Single(one => one.Port.Equals(port, StringComparison.Ordinal));

    /// <summary>Starts the switch, and gives the hosts their addresses.</summary>
    public void Start(SwitchOptions? options = null) => Start(static port => port, options);

    /// <summary>Starts the switch with ports that are more than what is opened.</summary>
    internal void Start(Func<SwitchPortAssignment, SwitchPortAssignment> shape, SwitchOptions? options = null)
    {
        var followed = follower = store.Follow();
        SwitchLayout.Validate(ports, followed.Snapshot);
        enforcer = middle.Run(() =>
        {
            var opened = LiveSwitch.Open(ports, options ?? new SwitchOptions());
            var started = new PolicyEnforcer(followed.Snapshot, followed.Table, opened.Layout with { Ports = [.. opened.Layout.Ports.Select(shape)] });
            started.Start();
            return started;
        });
        follower.Start(enforcer);
        hosts.ForEach(host => host.AssignAddresses());
    }

    /// <summary>Bounds what the link to a host takes: a token bucket filter, and a short queue before it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="rate">Such as <c>1mbit</c>.</param>
    public void Shape(Host host, string rate)
    {
        ArgumentNullException.ThrowIfNull(host);
        middle.Execute("tc", "qdisc", "add", "dev", host.Port, "root", "tbf", "rate", rate, "burst", "3000", "limit", "9000");
    }

    /// <summary>Changes the store; when this returns, the change is durable, and not yet known to the switch.</summary>
    public T Change<T>(Func<IStoreWriter, T> change) => store.Write(change);

    /// <summary>Waits until the switch has the store's newest revision.</summary>
    public void AwaitNewestTable() => Deadline.Await("the newest table", () => Enforcer.Table.Revision == store.Revision);

    /// <summary>Waits for an event.</summary>
    public MacEnforcerEvent AwaitEvent(string what, Func<MacEnforcerEvent, bool> isIt)
    {
        MacEnforcerEvent? found = null;
        Deadline.Await(what, () => (found = Events.FirstOrDefault(isIt)) is not null);
        return found!;
    }

    /// <summary>The numbers of a host's port.</summary>
    public SwitchPortStatistics Statistics(Host host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Enforcer.GetStatistics().Ports.Single(port => port.Port.Equals(host.Port, StringComparison.Ordinal));
    }

    /// <summary>How many frames of a host were refused for a reason.</summary>
    public long Denied(Host host, VerdictReason reason) => Statistics(host).Counts.DeniedByReason.GetValueOrDefault(reason.Name);

    /// <summary>Who holds an address of an address pair.</summary>
    public MacAddressOwner Owner(string address) =>
        Switch.ListAddressOwners().Single(owner => owner.IPAddress?.ToString().Equals(address, StringComparison.Ordinal) == true);

    /// <summary>Waits until the switch knows that a host holds an address of address pairs.</summary>
    public void AwaitOwner(string address, Host host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Deadline.Await($"{host.Name} has {address}", () => host.Name.Equals(Owner(address).Interface, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        follower?.Dispose();
        enforcer?.Dispose();
        hosts.ForEach(host => host.Dispose());
        middle.Dispose();
        store.Dispose();
    }

    private Host Join(string name, MacAddress mac, IReadOnlyList<string> addresses, Func<string, SwitchPortSettings> settings)
    {
        string port = $"v-{name}";
        var host = new Host(name, mac, addresses, middle, port);
        hosts.Add(host);
        ports.Add(settings(port));
        return host;
    }
}
