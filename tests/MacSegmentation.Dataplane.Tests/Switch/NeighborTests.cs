using MacSegmentation.Addressing;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Events;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>What ports share has a neighbour who would suffer.</summary>
public class NeighborTests
{
    private static readonly SwitchPortSettings Access = new() { Adapter = "access", Vlans = [10] };
    private static readonly SwitchPortSettings Other = new() { Adapter = "other", Vlans = [10] };

    [Fact]
    public void Multicast_has_a_limit_of_its_own_and_recovers()
    {
        var bridge = new TestBridge(Snapshot(), [Access with { StormLimit = 2, MulticastStormLimit = 3 }, Other]);
        for (int second = 0; second < 3; second++)
        {
            Assert.Equal(["Allow DefaultAction: other", "Allow DefaultAction: other", "Allow DefaultAction: other", "Deny StormLimit", "Deny StormLimit"], Send("01:00:5e:00:00:fb", 5));
            Assert.Equal(["Allow DefaultAction: other", "Allow DefaultAction: other", "Deny StormLimit"], Send(All, 3));
            bridge.Advance(TimeSpan.FromSeconds(1));
        }

        string[] Send(string to, int count) => [.. Enumerable.Range(0, count).Select(_ => bridge.Send("access", Udp(MacA, to, A, "224.0.0.251")))];
    }

    [Theory]
    [InlineData(1, 1, "Drop NoDestination")]
    [InlineData(1, 2, "Allow DefaultAction: other")]
    [InlineData(0, 0, "Allow DefaultAction: other")]
    public void Ports_of_one_split_horizon_group_do_not_hear_each_other(int ofOne, int ofOther, string expected)
    {
        SwitchPortSettings[] settings = [Access, Other];
        var sources = settings.Select(port => new MemorySource(port.Adapter)).ToArray();
        var sinks = settings.Select(port => new MemorySink(port.Adapter)).ToArray();
        var assignments = settings.Select((port, i) => new SwitchPortAssignment(port, sources[i], sinks[i])
        {
            Capabilities = new PortCapabilities { SplitHorizonGroup = i == 0 ? ofOne : ofOther },
        });
        var bridge = new TestBridge(Snapshot(), [.. assignments], [.. sinks]);
        Assert.Equal(expected, bridge.Send("access", Udp(MacA, All, A, "255.255.255.255")));
    }

    [Fact]
    public void An_address_is_known_at_the_endpoint_behind_its_port()
    {
        var table = new ForwardingTable(limit: 4, ageingTime: 1_000, [4]);
        table.Learn(1, port: 0, now: 1, out _, endpoint: 7);
        Assert.Equal((0, 7), (table.Lookup(1, 1, out int endpoint), endpoint));
        table.Learn(1, port: 0, now: 2, out _, endpoint: 8);
        Assert.Equal((0, 8), (table.Lookup(1, 2, out endpoint), endpoint));
    }

    /// <summary>One port begins flows for ever; its neighbour's are admitted all the same, and its own again once some have expired.</summary>
    [Fact]
    public void One_port_does_not_fill_the_table_of_flows_for_all()
    {
        const int Capacity = 256;
        var harness = new FilterHarness(
            FilterHarness.Group("web", FilterHarness.Inbound(IpProtocol.Udp)), FilterHarness.Group("other", FilterHarness.Inbound(IpProtocol.Udp)), Capacity);
        for (int round = 0; round < 3; round++)
        {
            int admitted = Enumerable.Range(1, 2 * Capacity).Count(port => harness.Judge(PortGroups.Unrestricted, harness.Web, Datagram("10.0.0.9", "10.0.0.1", port)) is null);
            Assert.InRange(admitted, Capacity / 2, Capacity * 7 / 8);
            Assert.Equal(PacketReasons.FlowTableFull, harness.Judge(PortGroups.Unrestricted, harness.Web, Datagram("10.0.0.9", "10.0.0.1", 60_000)));
            Assert.All(Enumerable.Range(1, 8), port => Assert.Null(harness.Judge(PortGroups.Unrestricted, harness.Client, Datagram("10.0.0.9", "10.0.0.2", port))));
            harness.Wait(seconds: 3_600);
        }
    }

    /// <summary>One port sends first fragments for ever; flows are begun all the same, its own too, and its neighbour's fragments pass.</summary>
    [Fact]
    public void Fragments_take_no_room_of_flows_nor_of_another_ports_fragments()
    {
        const int Capacity = 64;
        var harness = new FilterHarness(
            FilterHarness.Group("web", FilterHarness.Inbound(IpProtocol.Udp)), FilterHarness.Group("other", FilterHarness.Inbound(IpProtocol.Udp)), Capacity);
        var first = new TestPacket(System.Net.IPAddress.Parse("10.0.0.9"), System.Net.IPAddress.Parse("10.0.0.1"), TestPacket.Udp) { DestinationPort = 53, Fragment = TestPacket.Part.First };
        for (int round = 0; round < 3; round++)
        {
            int admitted = Enumerable.Range(1, 8 * Capacity).Count(id => ToWeb(first with { FragmentId = (uint)id }) is null);
            Assert.InRange(admitted, 1, Capacity * 7 / 8);
            Assert.Equal(PacketReasons.FlowTableFull, ToWeb(first with { FragmentId = 60_000 }));
            Assert.All(Enumerable.Range(1, 8), port => Assert.Null(ToWeb(first with { Fragment = TestPacket.Part.Whole, SourcePort = 100 + port })));
            Assert.All(Enumerable.Range(1, 4), id => Assert.Null(harness.Judge(PortGroups.Unrestricted, harness.Client, (first with { FragmentId = (uint)id }).Frame())));
            harness.Wait(seconds: 3_600);
        }

        VerdictReason? ToWeb(TestPacket packet) => harness.Judge(PortGroups.Unrestricted, harness.Web, packet.Frame());
    }

    /// <summary>Behind an uplink are more stations than the switch may learn; its neighbours are learned all the same, and others again once some have aged.</summary>
    [Fact]
    public void An_uplink_does_not_fill_the_table_of_addresses_for_all()
    {
        var bridge = new TestBridge(Snapshot(), [Access, Other, Uplink("up", 10)], new SwitchOptions { AddressLimit = 40 });
        for (int round = 0; round < 3; round++)
        {
            for (int station = 0; station < 100; station++)
            {
                Assert.Equal("Allow DefaultAction: access other", bridge.Send("up", Udp($"06:00:00:00:{round:x2}:{station:x2}", All, B, "255.255.255.255", vlan: 10)));
            }

            Assert.Equal((30, 70L * (round + 1)), (bridge.Ports[2].AddressesLearned, bridge.Ports[2].FramesNotLearned));
            for (int station = 0; station < 4; station++)
            {
                Assert.Equal("Allow DefaultAction: other up", bridge.Send("access", Udp($"02:00:00:00:{round:x2}:{station:x2}", All, A, "255.255.255.255")));
            }

            Assert.Equal("Allow DefaultAction: access", bridge.Send("other", Udp($"02:00:00:01:{round:x2}:00", $"02:00:00:00:{round:x2}:03", C, A)));
            bridge.Advance(TimeSpan.FromSeconds(301));
        }
    }

    /// <summary>Nobody reads, and one port is denied for ever; what is told of the other, and of the enforcer itself, finds room, and so does all once it was read.</summary>
    [Fact]
    public void One_ports_denials_do_not_fill_the_queue_of_events_for_all()
    {
        var events = new EnforcerEventQueue(capacity: 40);
        for (int round = 1; round <= 3; round++)
        {
            for (int i = 0; i < 1_000; i++)
            {
                events.Publish(Event(EnforcerEventKind.Denial, "one"));
            }

            Assert.Equal((30, 970L * round), (events.Reader.Count, events.Lost));
            for (int i = 0; i < 7; i++)
            {
                events.Publish(Event(EnforcerEventKind.Denial, "two"));
            }

            events.Publish(Event(EnforcerEventKind.TableSwapped, port: null));
            Assert.Equal((38, 970L * round), (events.Reader.Count, events.Lost));
            while (events.Reader.TryRead(out _))
            {
                // Whoever reads gives the room back.
            }
        }

        static MacEnforcerEvent Event(EnforcerEventKind kind, string? port) => new() { Time = DateTimeOffset.UnixEpoch, Kind = kind, Port = port };
    }

    [Fact]
    public void Ranges_of_ports_that_nest_take_no_more_than_they_are()
    {
        GroupRule[] rules =
        [
            .. Enumerable.Range(0, 10_000).Select(i => new GroupRule(
                new MacSecurityGroupRule { GroupName = "g", Direction = TrafficDirection.Inbound, Protocol = IpProtocol.Tcp, Port = [new PortRange((ushort)i, (ushort)(65_000 - i))] },
                isStateless: false,
                remoteMembers: null)),
        ];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var index = new PortIndex(rules);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        Assert.Equal([.. rules.Take(6)], Rules(index, 5));
        Assert.Empty(Rules(index, 65_001));
    }

    [Fact]
    public void Two_ports_of_one_record_are_refused_and_nothing_stays_open()
    {
        var snapshot = Snapshot(Record("a", 10, MacA, "10.0.0.11/24"));
        var sources = new[] { new MemorySource("one"), new MemorySource("two") };
        var sinks = new[] { new MemorySink("one"), new MemorySink("two") };
        var layout = new SwitchLayout(
            [.. sources.Zip(sinks, (source, sink) => new SwitchPortAssignment(new SwitchPortSettings { Adapter = source.Name, MacInterface = "a" }, source, sink))], new SwitchOptions());
        var error = Assert.Throws<MacSegmentationException>(() => new PolicyEnforcer(snapshot, DecisionTable.Compile(snapshot), layout));
        Assert.Equal("InterfacePortTwice", error.ErrorId);
        Assert.All(sources, source => Assert.True(source.IsDisposed));
        Assert.All(sinks, sink => Assert.True(sink.IsDisposed));
    }

    [Fact]
    public async Task Neither_stop_nor_statistics_wait_for_tables_that_are_being_compiled()
    {
        var first = Snapshot(Record("a", 10, MacA, "10.0.0.11/24"));
        var source = new MemorySource("p-a");
        using var enforcer = new PolicyEnforcer(
            first, DecisionTable.Compile(first), new SwitchLayout([new SwitchPortAssignment(PortOf("a") with { Adapter = "p-a" }, source, new MemorySink("p-a"))], new SwitchOptions()));
        enforcer.Start();
        var many = first with
        {
            Revision = 2,
            Interfaces = [.. first.Interfaces, .. Enumerable.Range(0, 400_000).Select(i => Record($"far-{i}", 10, $"04:00:00:{i >> 16:x2}:{(i >> 8) & 255:x2}:{i & 255:x2}") with { InterfaceId = (1L << 32) + i })],
        };
        var swap = Task.Run(() => enforcer.Swap(many, DecisionTable.Compile(many)), TestContext.Current.CancellationToken);
        Assert.Equal(1, enforcer.GetStatistics().TableRevision);
        Assert.True(enforcer.Stop());
        Assert.False(swap.IsCompleted, "The tables were compiled before the enforcer had stopped: this test needs more of them.");
        await swap;
    }

    private static GroupRule[] Rules(PortIndex index, ushort port)
    {
        var found = new List<GroupRule>();
        for (int node = index.First(port); node != 0; node = PortIndex.Next(node))
        {
            found.AddRange(index.At(node));
        }

        return [.. found.OrderBy(rule => rule.Ports[0].First)];
    }

    private static byte[] Datagram(string from, string to, int port) => new FrameBuilder(Mac(MacA), Mac(MacB)).Udp(
        System.Net.IPAddress.Parse(from), System.Net.IPAddress.Parse(to), port, 53);
}
