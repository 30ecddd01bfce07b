using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Switch;
using MacSegmentation.Tracing;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>A frame's way through the switch costs no allocation, whatever becomes of it.</summary>
public class SwitchHotPathTests
{
    private const int Rounds = 500;

    /// <summary>Each outcome, and each thing that is learned, answered or shaped.</summary>
    private static readonly (string Port, byte[] Frame)[] Traffic =
    [
        ("a", Udp(MacA, MacB, A, B)),
        ("a", Udp(MacA, All, A, "255.255.255.255")),
        ("a", Udp(MacA, Stranger, A, "10.0.0.99")),
        ("up", Udp(Stranger, MacA, "10.0.0.99", A, vlan: 10)),
        ("up", Udp(Stranger, MacA, "10.0.0.99", A, vlan: 30)),
        ("up", Udp(MacA, MacB, A, B, vlan: 10)),
        ("a", Udp(MacB, MacA, B, A)),
        ("a", Arp(MacA, 1, A, B)),
        ("a", Arp(MacA, 1, B, A)),
        ("a", Arp(Virtual, 1, Shared, Shared)),
        ("a", Vrrp(MacA, A)),
        ("b", Udp(MacB, Virtual, B, Shared)),
        ("a", Advertise(MacA, "fd00::11", "fd00::11", option: MacA)),
        ("b", Solicit(MacB, "fd00::12", "fd00::11", option: MacB)),
        ("a", Udp(MacA, "01:80:c2:00:00:0e", A, B)),
        ("a", Udp(MacA, MacA, A, A)),
        ("a", Udp(MacA, MacB, A, B)[..12]),
    ];

    [Fact]
    public void No_frame_allocates()
    {
        var configuration = Snapshot(
            WithPair(Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64"), Shared, Virtual) with { ArpRateLimit = 100 },
            WithPair(Record("b", 10, MacB, "10.0.0.12/24", "fd00::12/64"), Shared, Virtual));
        configuration = configuration with { Vlans = [new VlanPolicies(10, PolicyAction.Allow, []) { ArpResponder = true }] };
        SwitchPortSettings[] ports = [PortOf("a") with { Adapter = "a" }, PortOf("b") with { Adapter = "b" }, Uplink("up", 10) with { StormLimit = 10, AddressLimit = 1 }];
        var assignments = ports.Select(port => new SwitchPortAssignment(port, new PumpSource(port.Adapter, []), new NullSink(port.Adapter)));
        var tested = new MacSwitch(new SwitchLayout([.. assignments], new SwitchOptions()), new EnforcerOptions { DenialEventsPerSecond = 1 }, new EnforcerEventQueue(capacity: 100));
        var table = DecisionTable.Compile(configuration);
        ((IForwardingEngine)tested).Prepare(configuration, table)();
        var way = Traffic.Select(one => (tested.Ports.Single(port => string.Equals(port.Source.Name, one.Port, StringComparison.Ordinal)), one.Frame)).ToArray();

        // The events of the first second are told; then the tables have all that they get, and what is denied is only counted.
        PassAll(tested, way);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PassAll(tested, way);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void PassAll(MacSwitch tested, (SwitchPort Port, byte[] Frame)[] way)
    {
        var none = default(NoTrace);
        tested.Enter();
        for (int i = 0; i < Rounds; i++)
        {
            foreach (var (port, frame) in way)
            {
                tested.Forward(port, new Frame(frame, frame.Length, i * 1000), ref none);
            }

            tested.FinishBatch(i * 1000);
        }

        tested.Exit();
    }

    private sealed class NullSink(string name) : IFrameSink
    {
        public string Name => name;

        public bool Send(in Frame frame) => true;

        public int Flush() => 0;

        public void Dispose()
        {
        }
    }
}
