using System.Buffers.Binary;
using MacSegmentation.Counting;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Forwarding;
using MacSegmentation.Ingress;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.PortSecurity;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>Four ports with a thread each: what holds frame by frame holds when they all work at once.</summary>
public class SwitchThreadTests
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    private static readonly string[] Names = ["a", "b", "c", "d"];

    private static readonly ConfigurationSnapshot Configuration = Snapshot([.. Names.Select((name, number) => Record(name, 10, MacOf(number), $"{AddressOf(number)}/24"))]) with
    {
        Vlans = [new VlanPolicies(10, PolicyAction.Allow, [Deny(MacOf(3), MacOf(0))]) { ArpResponder = true }],
    };

    [Fact]
    public async Task Frames_of_one_flow_keep_their_sequence()
    {
        const int Frames = 20_000;
        var sinks = Sinks();
        PumpSource[] sources = [.. Names.Select((name, number) => new PumpSource(name, Numbered(number, Frames), Frames))];
        using var enforcer = Switch(sources, sinks);
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Null(enforcer.Error);
        Assert.All(sinks, sink => Assert.Equal((0L, true), (sink.OutOfSequence, sink.IsDisposed)));

        // Each sends to the three others in turn; all but what d sends to a gets through.
        Assert.Equal((4 * Frames) - Divide(Frames, 3), sinks.Sum(sink => sink.Taken));
    }

    [Fact]
    public async Task Every_frame_is_counted_once_where_it_came_in_and_each_copy_where_it_left()
    {
        const int Frames = 40_000;
        var sinks = Sinks();
        PumpSource[] sources = [.. Names.Select((name, number) => new PumpSource(name, Mixed(number), Frames))];
        using var enforcer = Switch(sources, sinks);
        enforcer.Start();
        while (!enforcer.Completion.IsCompleted)
        {
            // The numbers of a moment are one moment's, also in the middle of it.
            var moment = enforcer.GetStatistics();
            Assert.All(moment.Ports, port => AssertConserved(port.Counts));
            AssertConserved(moment.Total);
            Assert.Equal(4, enforcer.Switch!.ListForwardingEntries().Count(entry => entry.Kind == ForwardingEntryKind.Static));
            await Task.Yield();
        }

        Assert.Null(enforcer.Error);
        var statistics = enforcer.GetStatistics();
        Assert.Equal(sources.Select(source => (source.Name, source.Sent, source.Octets)), statistics.Ports.Select(port => (port.Port, port.Counts.FramesIn, port.Counts.BytesIn)));
        Assert.Equal(sinks.Select(sink => (sink.Name, sink.Taken, sink.Octets)), statistics.Ports.Select(port => (port.Port, port.FramesSent, port.BytesSent)));
        Assert.Equal(4 * Frames, statistics.Total.FramesIn);
        Assert.Equal(4 * Frames / 8, statistics.Total.FramesAnswered);
        Assert.Equal(4 * Frames / 8, statistics.Total.DroppedByReason[ReceiveStage.Malformed.Name]);
        Assert.Equal(4 * Frames / 8, statistics.Total.DeniedByReason[PortSecurityReasons.SourceMacNotAllowed.Name]);
        Assert.Equal(4 * Frames / 8, statistics.Total.DroppedByReason[LookupStage.NoDestination.Name]);
        Assert.Equal(4 * Frames / 8, statistics.Total.DroppedByReason[LookupStage.SamePort.Name]);
        Assert.Equal(Frames / 8, statistics.Total.DeniedByReason[VerdictReason.Policy.Name]);
        Assert.Equal([Frames / 8], enforcer.GetPolicyHits().Select(hits => hits.Frames));

        // Two of eight go to one port, one to three.
        Assert.Equal(statistics.Total.FramesForwarded + statistics.Total.FramesAnswered + (2 * 4 * Frames / 8), statistics.Ports.Sum(port => port.FramesSent));
    }

    /// <summary>
    /// In one configuration all records are in VLAN 10, and only VLAN 10 lets frames through; in the other it is VLAN 20. A frame that met a part
    /// of each would find another VLAN's policy, nobody with its destination, or no port.
    /// </summary>
    [Fact]
    public async Task No_frame_is_judged_by_parts_of_two_configurations()
    {
        var ten = Configuration with { Vlans = [new VlanPolicies(10, PolicyAction.Allow, []), new VlanPolicies(20, PolicyAction.Drop, [])] };
        var twenty = new ConfigurationSnapshot(2, [new VlanPolicies(10, PolicyAction.Drop, []), new VlanPolicies(20, PolicyAction.Allow, [])])
        {
            Interfaces = [.. ten.Interfaces.Select(record => record with { VlanId = 20 })],
        };
        var sinks = Sinks();
        PumpSource[] sources = [.. Names.Select((name, number) => new PumpSource(name, [Udp(MacOf(number), MacOf((number + 1) % 4), AddressOf(number), AddressOf((number + 1) % 4))]))];
        using var enforcer = Switch(sources, sinks, ten);
        enforcer.Start();
        for (int swap = 0; swap < 300; swap++)
        {
            var next = swap % 2 == 0 ? twenty : ten;
            enforcer.Swap(next, DecisionTable.Compile(next));
            await Task.Yield();
        }

        Array.ForEach(sources, source => source.Interrupt());
        await Await.End(enforcer);
        var total = enforcer.GetStatistics().Total;
        Assert.Equal(sources.Sum(source => source.Sent), total.FramesIn);
        Assert.Equal((total.FramesIn, 0L, 0L), (total.FramesForwarded, total.FramesDenied, total.FramesDropped));
        Assert.Equal(total.FramesIn, sinks.Sum(sink => sink.Taken));
    }

    [Fact]
    public async Task Stop_is_quick_under_load_and_nothing_passes_afterwards()
    {
        var sinks = Sinks();
        PumpSource[] sources = [.. Names.Select((name, number) => new PumpSource(name, Mixed(number)))];
        using var enforcer = Switch(sources, sinks);
        enforcer.Start();
        await Await.Until(() => enforcer.GetStatistics().Ports.All(port => port.Counts.FramesIn > 1000), "all ports at work");
        long start = TimeProvider.System.GetTimestamp();
        Assert.True(enforcer.Stop());
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, StopTimeout);
        Assert.Equal(EnforcerState.Stopped, enforcer.State);
        var statistics = enforcer.GetStatistics();
        Assert.Equal(sinks.Sum(sink => sink.Taken), statistics.Ports.Sum(port => port.FramesSent));
        AssertConserved(statistics.Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_error_of_a_sink_ends_the_enforcer_as_failed_and_nothing_else(bool atFlush)
    {
        var sources = Names.Select(name => new MemorySource(name)).ToArray();
        MemorySink[] sinks =
        [
            .. Names.Select(name => name is not "b" ? new MemorySink(name) : atFlush
                ? new MemorySink(name) { LostAtFlush = () => throw new IOException("The cable burns.") }
                : new MemorySink(name) { Takes = number => number < 2 ? true : throw new IOException("The cable burns.") }),
        ];
        using var enforcer = Switch(sources, sinks);
        enforcer.Start();
        sources[2].Add(Udp(MacOf(2), MacOf(3), AddressOf(2), AddressOf(3)));
        await Await.Until(() => sinks[3].Sent.Count == 1, "a frame between the others");
        for (int i = 0; i < 5; i++)
        {
            sources[0].Add(Udp(MacOf(0), MacOf(1), AddressOf(0), AddressOf(1)));
        }

        await Await.End(enforcer);
        Assert.Equal(EnforcerState.Failed, enforcer.State);
        var errors = enforcer.Error is AggregateException several ? several.InnerExceptions : [enforcer.Error!];
        Assert.All(errors, error => Assert.Equal("The cable burns.", Assert.IsType<IOException>(error).Message));
        Assert.All(sources, source => Assert.True(source.IsDisposed));
        Assert.All(sinks, sink => Assert.True(sink.IsDisposed));
        var statistics = enforcer.GetStatistics();
        AssertConserved(statistics.Total);
        Assert.Equal(statistics.Total.FramesIn, statistics.Total.FramesForwarded + statistics.Total.DroppedByReason.GetValueOrDefault(SendStage.SendFailed.Name));
        if (!atFlush)
        {
            Assert.Equal((4L, 3L, 1L), (statistics.Total.FramesIn, statistics.Total.FramesForwarded, statistics.Total.DroppedByReason[SendStage.SendFailed.Name]));
        }
    }

    [Fact]
    public async Task A_port_that_goes_down_is_told_of_and_nobody_is_behind_it()
    {
        var sources = Names.Select(name => new MemorySource(name)).ToArray();
        var shared = Configuration with { Interfaces = [.. Configuration.Interfaces.Select(record => WithPair(record, Shared, Virtual))] };
        using var enforcer = Switch(sources, [.. Names.Select(name => new MemorySink(name))], shared);
        enforcer.Start();
        sources[0].Add(Arp(Virtual, 1, Shared, Shared), timestamp: 1_000_000_000);
        await Await.Until(() => OwnerOf(enforcer) is "a", "the owner");
        sources[0].Add(SourceState.Down);
        await Await.Until(() => OwnerOf(enforcer) is null, "the owner gone");
        Assert.Equal([false, true, true, true], enforcer.GetStatistics().Ports.Select(port => port.IsPortUp));
        Assert.DoesNotContain(enforcer.Switch!.ListForwardingEntries(), entry => entry.Kind == ForwardingEntryKind.Learned);
        sources[1].Add(Arp(Virtual, 1, Shared, Shared), timestamp: 2_000_000_000);
        await Await.Until(() => OwnerOf(enforcer) is "b", "the next owner");
        sources[0].Add(SourceState.Open);
        await Await.Until(() => enforcer.GetStatistics().Ports[0].IsPortUp, "the port back");
        enforcer.Stop();
        var told = Await.Drain(enforcer).Where(happened => happened.Kind is EnforcerEventKind.PortDown or EnforcerEventKind.PortUp);
        Assert.Equal(["a is down; waiting for it to come back.", "a is up again."], told.Select(happened => happened.Message));
    }

    private static string? OwnerOf(PolicyEnforcer enforcer) => enforcer.Switch!.ListAddressOwners().Single(owner => owner.IPAddress is not null).Interface;

    private static CountingSink[] Sinks() => [.. Names.Select(name => new CountingSink(name))];

    private static PolicyEnforcer Switch(IEnumerable<IFrameSource> sources, IEnumerable<IFrameSink> sinks, ConfigurationSnapshot? configuration = null)
    {
        var layout = new SwitchLayout(
            [.. sources.Zip(sinks, (source, sink) => new SwitchPortAssignment(new SwitchPortSettings { Adapter = source.Name, MacInterface = source.Name }, source, sink))],
            new SwitchOptions());
        var inForce = configuration ?? Configuration;
        return new PolicyEnforcer(inForce, DecisionTable.Compile(inForce), layout);
    }

    private static void AssertConserved(TrafficCounts counts)
    {
        Assert.Equal(counts.FramesIn, counts.FramesForwarded + counts.FramesAnswered + counts.FramesDenied + counts.FramesDropped);
        Assert.Equal(counts.BytesIn, counts.BytesForwarded + counts.BytesAnswered + counts.BytesDenied + counts.BytesDropped);
    }

    private static string MacOf(int station) => $"02:00:00:00:00:0{station}";

    private static string AddressOf(int station) => $"10.0.0.{station + 1}";

    private static int Divide(int count, int by) => (count + by - 1) / by;

    /// <summary>To the three others in turn, numbered at the end.</summary>
    private static byte[][] Numbered(int station, int count)
    {
        var frames = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            int to = (station + 1 + (i % 3)) % 4;
            frames[i] = Udp(MacOf(station), MacOf(to), AddressOf(station), AddressOf(to));
            BinaryPrimitives.WriteInt64BigEndian(frames[i].AsSpan(^8..), i);
        }

        return frames;
    }

    /// <summary>One of everything: to two others, to all, a question, one's own address, nobody's, another's, and half a header.</summary>
    private static byte[][] Mixed(int station)
    {
        string mac = MacOf(station);
        string address = AddressOf(station);
        int next = (station + 1) % 4;
        return
        [
            Udp(mac, MacOf(next), address, AddressOf(next)),
            Udp(mac, MacOf((next + 1) % 4), address, AddressOf((next + 1) % 4)),
            Udp(mac, All, address, "255.255.255.255"),
            Arp(mac, 1, address, AddressOf(next), to: All),
            Udp(mac, mac, address, address),
            Udp(mac, Stranger, address, Shared),
            Udp(Stranger, MacOf(next), Shared, AddressOf(next)),
            Udp(mac, MacOf(next), address, AddressOf(next))[..13],
        ];
    }

    private static MacPolicy Deny(string source, string destination) => new()
    {
        PolicyId = 1,
        VlanId = 10,
        Order = 1,
        SourceAddress = Addressing.MacPattern.Parse(source),
        DestinationAddress = Addressing.MacPattern.Parse(destination),
        Action = PolicyAction.Deny,
    };
}
