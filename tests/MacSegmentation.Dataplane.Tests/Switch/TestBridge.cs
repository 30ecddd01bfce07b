using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Enforcement;
using MacSegmentation.Counting;
using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tracing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch;

/// <summary>A switch whose ports are lists: a test puts a frame in and sees what leaves, on the test's own thread and clock.</summary>
internal sealed class TestBridge
{
    private const long Start = 1_000_000_000_000_000_000;

    private readonly MacSwitch tested;
    private readonly Dictionary<string, MemorySink> sinks;
    private readonly Dictionary<string, int> seen = [];
    private readonly EnforcerEventQueue events = new(capacity: 10_000);

    /// <summary>Makes a switch that has long been running, unless it is given a period for which it learns; then it starts now.</summary>
    public TestBridge(ConfigurationSnapshot snapshot, IReadOnlyList<SwitchPortSettings> ports, SwitchOptions? options = null, TimeSpan learningPeriod = default)
    {
        sinks = ports.ToDictionary(port => port.Adapter, port => new MemorySink(port.Adapter), StringComparer.Ordinal);
        var assignments = ports.Select(port => new SwitchPortAssignment(port, new MemorySource(port.Adapter), sinks[port.Adapter]));
        tested = new MacSwitch(new SwitchLayout([.. assignments], (options ?? new SwitchOptions()) with { LearningPeriod = learningPeriod }), new EnforcerOptions { TimeProvider = new FixedClock() }, events);
        Use(snapshot);
    }

    public TestBridge(ConfigurationSnapshot snapshot, IReadOnlyList<SwitchPortAssignment> ports, IReadOnlyList<MemorySink> sinks)
    {
        this.sinks = sinks.ToDictionary(sink => sink.Name, StringComparer.Ordinal);
        tested = new MacSwitch(new SwitchLayout(ports, new SwitchOptions { LearningPeriod = TimeSpan.Zero }), new EnforcerOptions(), events);
        Use(snapshot);
    }

    /// <summary>Nanoseconds since 1970 of the next frame.</summary>
    public long Now { get; set; } = Start;

    public MacSwitch Switch => tested;

    public IReadOnlyList<SwitchPortStatistics> Ports => tested.DescribePorts();

    public void Use(ConfigurationSnapshot snapshot)
    {
        ((IForwardingEngine)tested).Prepare(snapshot, DecisionTable.Compile(snapshot))();
    }

    public void Advance(TimeSpan time) => Now += time.Ticks * TimeSpan.NanosecondsPerTick;

    public void PortDown(string port) => SetUp(port, isUp: false);

    /// <summary>Has a port go down or come up.</summary>
    public void SetUp(string port, bool isUp) => tested.SetUp(tested.Ports.Single(one => string.Equals(one.Source.Name, port, StringComparison.Ordinal)), isUp, Now);

    /// <summary>Puts a frame in at a port.</summary>
    /// <returns>What became of it, such as <c>Allow Policy: a b</c>: the verdict, and the ports that it left by.</returns>
    public string Send(string port, byte[] frame)
    {
        var verdict = Forward(port, frame);
        string left = string.Join(' ', sinks.Where(sink => Fresh(sink.Key) > 0).Select(sink => sink.Key));
        MarkSeen();
        return $"{verdict.Action} {verdict.Reason}{(left.Length > 0 ? $": {left}" : string.Empty)}";
    }

    /// <summary>Puts a frame in at a port.</summary>
    /// <returns>The frames that left by another.</returns>
    public byte[][] SendAndSee(string port, byte[] frame, string other)
    {
        Forward(port, frame);
        byte[][] left = [.. sinks[other].Sent.TakeLast(Fresh(other))];
        MarkSeen();
        return left;
    }

    /// <summary>Puts a frame in at a port.</summary>
    /// <returns>What became of it, and what left by which port.</returns>
    public (Verdict Verdict, (string Port, byte[] Frame)[] Left) Pass(string port, byte[] frame)
    {
        var verdict = Forward(port, frame);
        (string, byte[])[] left = [.. sinks.SelectMany(sink => sink.Value.Sent.TakeLast(Fresh(sink.Key)).Select(one => (sink.Key, one)))];
        MarkSeen();
        return (verdict, left);
    }

    public IReadOnlyList<MacEnforcerEvent> TakeEvents()
    {
        var taken = new List<MacEnforcerEvent>();
        while (events.Reader.TryRead(out var happened))
        {
            taken.Add(happened);
        }

        return taken;
    }

    public static MacInterface Record(string name, int vlan, string mac, params string[] addresses) => new()
    {
        InterfaceId = name.GetHashCode(StringComparison.Ordinal) & int.MaxValue,
        Name = name,
        VlanId = vlan,
        MacAddress = MacAddress.Parse(mac, provider: null),
        InstanceId = name,
        IPAddress = [.. addresses.Select(Fixed)],
        ArpRateLimit = 0,
        DhcpRateLimit = 0,
        RsRateLimit = 0,
        PermittedEtherType = [PermittedEtherTypes.Any],
    };

    public static MacInterface WithPair(MacInterface record, string address, string? mac = null) => record with
    {
        AddressPair =
        [
            .. record.AddressPair,
            new MacAddressPair
            {
                InterfaceName = record.Name,
                VlanId = record.VlanId,
                IPAddress = IPAddress.Parse(address),
                MacAddress = mac is null ? record.MacAddress : MacAddress.Parse(mac, provider: null),
                HasOwnMacAddress = mac is not null,
            },
        ],
    };

    public static SwitchPortSettings PortOf(string record) => new() { Adapter = $"p-{record}", MacInterface = record };

    public static SwitchPortSettings Uplink(string name, params int[] vlans) => new() { Adapter = name, IsUplink = true, Vlans = vlans };

    public static ConfigurationSnapshot Snapshot(params MacInterface[] records) => new(1, [new VlanPolicies(10, PolicyAction.Allow, []), new VlanPolicies(20, PolicyAction.Allow, [])])
    {
        Interfaces = [.. records],
    };

    private static InterfaceAddress Fixed(string text)
    {
        string[] parts = text.Split('/');
        return new InterfaceAddress(IPAddress.Parse(parts[0]), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private Verdict Forward(string port, byte[] frame)
    {
        var none = default(NoTrace);
        tested.Enter();
        try
        {
            return tested.Forward(tested.Ports.Single(one => string.Equals(one.Source.Name, port, StringComparison.Ordinal)), new Frame(frame, frame.Length, Now), ref none);
        }
        finally
        {
            tested.FinishBatch(Now);
            tested.Exit();
        }
    }

    private int Fresh(string sink) => sinks[sink].Sent.Count - seen.GetValueOrDefault(sink);

    private void MarkSeen()
    {
        foreach (var (name, sink) in sinks)
        {
            seen[name] = sink.Sent.Count;
        }
    }

    /// <summary>The time at which the tests' frames begin.</summary>
    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => FrameTime.ToCalendar(Start);
    }
}
