using System.Buffers.Binary;
using MacSegmentation.Counting;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;
using MacSegmentation.Workers;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Profiles;

/// <summary>A port has the profile that its record names: towards the instance its ingress, from it its egress; changed at run time, and gone without a trace.</summary>
public class ProfileTests
{
    private const long Millisecond = 1_000_000;

    private static readonly MacProfile Slow = new()
    {
        Name = "slow",
        Ingress = new LinkProfile { Latency = TimeSpan.FromMilliseconds(30) },
        Egress = new LinkProfile { Latency = TimeSpan.FromMilliseconds(10) },
    };

    private readonly ManualClock clock = new();
    private readonly Dictionary<string, MemorySource> sources = [];
    private readonly Dictionary<string, TimedSink> sinks = [];
    private MacSwitch? tested;
    private IReadOnlyList<IServedPort> ports = [];

    [Fact]
    public void What_the_instance_sends_has_the_egress_and_what_goes_to_it_the_ingress()
    {
        Start(Snapshot("SLOW", Slow));
        Arrive("a", Numbered(MacA, MacB, 1));
        Arrive("b", Numbered(MacB, MacA, 2));
        Arrive("b", Numbered(MacB, MacC, 3));
        Assert.Equal("3@0", Left("c"));
        Advance(100);
        Assert.Equal(("2@30", "1@10"), (Left("a"), Left("b")));
        AssertConserved();
        var port = Statistics("a");
        Assert.Equal((1L, 1L, 0), (port.FromInstance!.FramesIn, port.FromInstance.FramesOut, port.FromInstance.FramesWaiting));
        Assert.InRange(port.FromInstance.LatencyP50.TotalMilliseconds, 9.8, 10.2);
        Assert.InRange(port.ToInstance!.LatencyP99.TotalMilliseconds, 29.4, 30.6);
        Assert.Equal(TimeSpan.FromMilliseconds(30), port.ToInstance.Asked.Latency);
        Assert.Null(Statistics("b").FromInstance);
    }

    /// <summary>The queue outlives the change: what waits leaves at its time, and what comes later behind it. Then nothing is left of it.</summary>
    [Fact]
    public void A_change_at_run_time_loses_and_overtakes_nothing()
    {
        Start(Snapshot("slow", Slow));
        Arrive("a", Numbered(MacA, MacB, 1));
        Advance(4);
        Use(Snapshot("slow", Slow with { Egress = new LinkProfile { Latency = TimeSpan.FromMilliseconds(1) } }));
        Arrive("a", Numbered(MacA, MacB, 2));
        Use(Snapshot(null));
        Arrive("a", Numbered(MacA, MacB, 3));
        Assert.Equal("", Left("b"));
        Advance(20);
        Assert.Equal("1@10 2@10 3@10", Left("b"));
        Arrive("a", Numbered(MacA, MacB, 4));
        Arrive("b", Numbered(MacB, MacA, 5));
        Assert.Equal(("1@10 2@10 3@10 4@24", "5@24"), (Left("b"), Left("a")));
        Assert.Null(Statistics("a").FromInstance);
        Assert.Null(Statistics("a").ToInstance);
        Assert.All(ports, port => Assert.Equal(long.MaxValue, port.Delay));
        AssertConserved();
        Use(Snapshot("slow", Slow));
        Arrive("a", Numbered(MacA, MacB, 6));
        Advance(20);
        Assert.EndsWith(" 6@34", Left("b"), StringComparison.Ordinal);
    }

    /// <summary>Without a profile, and with one of nothing, a port has no queue at all: the frames are those that came.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_profile_of_nothing_does_nothing(bool hasProfile)
    {
        Start(hasProfile ? Snapshot("nothing", new MacProfile { Name = "nothing" }) : Snapshot(null));
        byte[] frame = Numbered(MacA, MacB, 1);
        Arrive("a", frame);
        Assert.Equal(frame, Assert.Single(sinks["b"].Sent).Frame);
        Assert.All(tested!.Ports, port => Assert.True(port is { IngressQueue: null, EgressQueue: null, Marking: null }));
    }

    /// <summary>Each loss is counted once with its reason, at the port that it came in by, whichever port's profile lost it.</summary>
    [Fact]
    public void What_is_lost_is_counted_with_its_reason()
    {
        var lossy = new LinkProfile { LossRate = Percentage.Parse("20%"), DuplicateRate = Percentage.Parse("20%") };
        Start(Snapshot("lossy", new MacProfile { Name = "lossy", Ingress = lossy, Egress = lossy }));
        for (int i = 0; i < 500; i++)
        {
            Arrive("a", Numbered(MacA, MacB, i));
            Arrive("b", Numbered(MacB, MacA, i));
        }

        Advance(1);
        var (here, there) = (Statistics("a"), Statistics("b"));
        long duplicates = here.FromInstance!.FramesDuplicated;
        Assert.InRange(here.Counts.DroppedByReason["EmulatedLoss"], 70, 130);
        Assert.InRange(there.Counts.DroppedByReason["EmulatedLoss"], 70, 130);
        Assert.InRange(duplicates, 50, 110);
        Assert.Equal((500 + duplicates, 500L), (here.Counts.FramesIn, there.Counts.FramesIn));
        Assert.Equal(here.FromInstance.FramesDropped, here.Counts.FramesDropped);
        Assert.Equal(here.ToInstance!.FramesDropped, there.Counts.FramesDropped);
        Assert.Equal(here.FramesNotSent, here.ToInstance.FramesDropped);
        Assert.Equal(here.FramesSent, sinks["a"].Sent.Count);
        Assert.Equal(here.ToInstance.FramesOut, sinks["a"].Sent.Count);
        Assert.Equal(there.FramesSent, sinks["b"].Sent.Count);
        Assert.Equal(0.2, here.FromInstance.AskedLoss, 6);
        Assert.InRange(here.FromInstance.OwnLoss, 0.14, 0.26);
        AssertConserved();
    }

    /// <summary>What CoDel gives up while it waits was counted as waiting, and as sent.</summary>
    [Fact]
    public void What_is_given_up_later_is_counted_too()
    {
        var narrow = new LinkProfile { Bandwidth = BitRate.Parse("64kbit"), Burst = 1514, QueueManagement = QueueManagement.CoDel };
        Start(Snapshot("narrow", new MacProfile { Name = "narrow", Ingress = narrow, Egress = narrow }));
        for (int i = 0; i < 400; i++)
        {
            Arrive("a", Numbered(MacA, MacB, i));
            Arrive("b", Numbered(MacB, MacA, i));
            Advance(5);
            AssertConserved();
        }

        Advance(60_000);
        var (here, there) = (Statistics("a"), Statistics("b"));
        Assert.True(here.Counts.DroppedByReason["CoDel"] > 5);
        Assert.Equal(here.FramesNotSent, here.ToInstance!.DroppedByReason["CoDel"]);
        Assert.Equal((400L, 400L), (sinks["b"].Sent.Count + here.Counts.FramesDropped, sinks["a"].Sent.Count + here.FramesNotSent));
        Assert.Equal((here.FramesSent, there.FramesSent), (sinks["a"].Sent.Count, sinks["b"].Sent.Count));
        AssertConserved();
    }

    /// <summary>The mark is on the copy that goes on, as each port writes it; the frame that came is as it was.</summary>
    [Fact]
    public void What_leaves_the_instance_is_marked()
    {
        Start(Snapshot("marked", new MacProfile { Name = "marked", Priority = 5, Dscp = 46 }), trunk: true);
        byte[] frame = Udp(MacA, All, A, "255.255.255.255");
        byte[] before = [.. frame];
        Arrive("a", frame);
        Arrive("b", Udp(MacB, All, B, "255.255.255.255"));
        Assert.Equal(before, frame);
        byte[] tagged = sinks["up"].Sent[0].Frame;
        byte[] plain = sinks["b"].Sent[0].Frame;
        Assert.Equal((0xA0, 10, 46 << 2), (tagged[14], tagged[15], tagged[19]));
        Assert.Equal((frame.Length, 46 << 2), (plain.Length, plain[15]));
        Assert.True(InternetChecksum.IsRight(plain.AsSpan(14, 20)) && InternetChecksum.IsRight(tagged.AsSpan(18, 20)));
        Assert.Equal((0, 0), (sinks["up"].Sent[1].Frame[14] >> 5, sinks["a"].Sent[0].Frame[15]));
        AssertConserved();
    }

    /// <summary>The tag is gone where the frame waits, and its priority still counts.</summary>
    [Fact]
    public void A_priority_counts_where_the_port_has_no_tag()
    {
        var narrow = new LinkProfile { Bandwidth = BitRate.Parse("64kbit"), Burst = 200 };
        Start(Snapshot("narrow", new MacProfile { Name = "narrow", Ingress = narrow, SchedulingClass = SchedulingClass.Strict }), trunk: true);
        for (int i = 0; i < 6; i++)
        {
            byte[] frame = Numbered(Stranger, MacA, i, vlan: 10, from: "10.0.0.99");
            frame[14] = (byte)((i >= 4 ? 6 : 0) << 5);
            Arrive("up", frame);
        }

        Advance(1_000);
        Assert.Equal([0, 4, 5, 1, 2, 3], sinks["a"].Sent.Select(sent => NumberOf(sent.Frame)));
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 30)]
    public async Task A_capture_is_written_as_it_would_have_arrived(bool isTowardsInstance, int delay)
    {
        var profile = Slow with
        {
            Egress = Slow.Egress with { Bandwidth = BitRate.Parse("1mbit"), Burst = 106 },
            Ingress = Slow.Ingress with { Bandwidth = BitRate.Parse("1mbit"), Burst = 106 },
        };
        var source = new MemorySource("in");
        var sink = new TimedSink("out", () => 0);
        var snapshot = new ConfigurationSnapshot(1, [new VlanPolicies(1, PolicyAction.Allow, [])]).With<MacProfile>([profile]);
        using var enforcer = new PolicyEnforcer(
            snapshot, DecisionTable.Compile(snapshot), [new EnforcerRoute(source, sink) { IsCapture = true, Profile = "slow", IsTowardsInstance = isTowardsInstance }], new EnforcerOptions { Seed = 1 });
        for (int i = 0; i < 5; i++)
        {
            source.Add(Numbered(MacA, MacB, i), timestamp: 1_000_000 + (i * 100_000));
        }

        source.Add(Numbered(MacA, MacB, 5), timestamp: 500 * Millisecond);
        source.End();
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Null(enforcer.Error);
        Assert.Equal(106, sink.Sent[0].Frame.Length);
        Assert.Equal(
            [.. Enumerable.Range(0, 5).Select(i => (1_000_000 + (i * 848_000) + (delay * Millisecond), i)), ((500 + delay) * Millisecond, 5)],
            sink.Stamps.Zip(sink.Sent, (stamp, sent) => (stamp, NumberOf(sent.Frame))));
        var direction = Assert.Single(enforcer.GetStatistics().Directions);
        Assert.Equal((6L, 6L, 0L), (direction.Counts.FramesIn, direction.Counts.FramesForwarded, direction.Counts.FramesQueued));
        Assert.Equal(6L, direction.Link!.FramesOut);
    }

    /// <summary>A seed gives the same capture again, whatever is lost of it in whichever direction; all is counted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_capture_is_repeated_by_its_seed(bool isTowardsInstance)
    {
        var link = new LinkProfile { LossRate = Percentage.Parse("5%"), DuplicateRate = Percentage.Parse("5%"), Latency = TimeSpan.FromMilliseconds(5), Jitter = TimeSpan.FromMilliseconds(3), Bandwidth = BitRate.Parse("1mbit"), QueueManagement = QueueManagement.CoDel };
        var (one, same, other) = (await Replay(link, isTowardsInstance, 1), await Replay(link, isTowardsInstance, 1), await Replay(link, isTowardsInstance, 2));
        Assert.Equal(one.Left, same.Left);
        Assert.NotEqual(one.Left, other.Left);
        var counts = one.Direction.Counts;
        Assert.Equal(2_000 + one.Direction.Link!.FramesDuplicated, counts.FramesIn);
        Assert.Equal(counts.FramesIn, counts.FramesForwarded + counts.FramesDropped);
        Assert.Equal(counts.BytesIn, counts.BytesForwarded + counts.BytesDropped);
        Assert.Equal(one.Left.Count, counts.FramesForwarded);
        Assert.Equal(one.Direction.Link.DroppedByReason, counts.DroppedByReason);
        Assert.True(counts.DroppedByReason["CoDel"] > 5 && counts.DroppedByReason["EmulatedLoss"] > 50);
    }

    private static async Task<(List<(long, int)> Left, DirectionStatistics Direction)> Replay(LinkProfile link, bool isTowardsInstance, long seed)
    {
        var source = new MemorySource("in");
        var sink = new TimedSink("out", () => 0);
        var snapshot = new ConfigurationSnapshot(1, [new VlanPolicies(1, PolicyAction.Allow, [])]).With<MacProfile>([new MacProfile { Name = "p", Ingress = link, Egress = link }]);
        using var enforcer = new PolicyEnforcer(
            snapshot, DecisionTable.Compile(snapshot), [new EnforcerRoute(source, sink) { IsCapture = true, Profile = "p", IsTowardsInstance = isTowardsInstance }], new EnforcerOptions { Seed = seed });
        for (int i = 0; i < 2_000; i++)
        {
            source.Add(Numbered(MacA, MacB, i), timestamp: i * 700_000L);
        }

        source.End();
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Null(enforcer.Error);
        return ([.. sink.Stamps.Zip(sink.Sent, (stamp, sent) => (stamp, NumberOf(sent.Frame)))], enforcer.GetStatistics().Directions[0]);
    }

    private static byte[] Numbered(string source, string destination, int number, int? vlan = null, string? from = null)
    {
        byte[] frame = Udp(source, destination, from ?? (string.Equals(source, MacA, StringComparison.Ordinal) ? A : B), string.Equals(destination, MacA, StringComparison.Ordinal) ? A : string.Equals(destination, MacB, StringComparison.Ordinal) ? B : C, vlan);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(^4..), number);
        return frame;
    }

    private static int NumberOf(byte[] frame) => BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(^4..));

    private static ConfigurationSnapshot Snapshot(string? profileOfA, params MacProfile[] profiles) => TestBridge.Snapshot(
        Record("a", 10, MacA, "10.0.0.11/24") with { Profile = profileOfA, InterfaceId = 1 },
        Record("b", 10, MacB, "10.0.0.12/24") with { InterfaceId = 2 },
        Record("c", 10, MacC, "10.0.0.13/24") with { InterfaceId = 3 }).With<MacProfile>([.. profiles]);

    private void Start(ConfigurationSnapshot snapshot, bool trunk = false)
    {
        long began = clock.Nanoseconds;
        string[] names = ["a", "b", "c", .. trunk ? new[] { "up" } : []];
        foreach (string name in names)
        {
            (sources[name], sinks[name]) = (new MemorySource(name), new TimedSink(name, () => (clock.Nanoseconds - began) / Millisecond));
        }

        var assignments = names.Select(name => new SwitchPortAssignment(
            name is "up" ? Uplink("up", 10, 20) : PortOf(name) with { Adapter = name }, sources[name], sinks[name]));
        tested = new MacSwitch(new SwitchLayout([.. assignments], new SwitchOptions()), new EnforcerOptions { TimeProvider = clock, Seed = 1 }, new EnforcerEventQueue(capacity: 1_000));
        ports = ((IForwardingEngine)tested).Ports;
        Use(snapshot);
    }

    private void Use(ConfigurationSnapshot snapshot) => ((IForwardingEngine)tested!).Prepare(snapshot, DecisionTable.Compile(snapshot))();

    private void Arrive(string port, byte[] frame)
    {
        sources[port].Add(frame, timestamp: clock.Nanoseconds);
        Assert.True(ports.Single(one => string.Equals(one.Source.Name, port, StringComparison.Ordinal)).Serve(waits: true));
        Serve();
    }

    private void Advance(int milliseconds)
    {
        for (int i = 0; i < milliseconds; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            Serve();
        }
    }

    private void Serve()
    {
        foreach (var port in ports)
        {
            port.ServeQueues();
        }
    }

    private string Left(string port) => string.Join(' ', sinks[port].Sent.Select(sent => $"{NumberOf(sent.Frame)}@{sent.At}"));

    private SwitchPortStatistics Statistics(string port) => tested!.DescribePorts().Single(one => string.Equals(one.Port, port, StringComparison.Ordinal));

    private void AssertConserved()
    {
        foreach (var port in tested!.DescribePorts())
        {
            var counts = port.Counts;
            Assert.Equal(counts.FramesIn, counts.FramesForwarded + counts.FramesAnswered + counts.FramesDenied + counts.FramesDropped + counts.FramesQueued);
            Assert.Equal(counts.BytesIn, counts.BytesForwarded + counts.BytesAnswered + counts.BytesDenied + counts.BytesDropped + counts.BytesQueued);
            foreach (var link in new[] { port.FromInstance, port.ToInstance }.OfType<Emulation.LinkStatistics>())
            {
                Assert.Equal(link.FramesIn + link.FramesDuplicated, link.FramesOut + link.FramesDropped + link.FramesFlushed + link.FramesWaiting);
            }
        }
    }

    private sealed class TimedSink(string name, Func<long> now) : IFrameSink
    {
        public string Name => name;

        public List<(byte[] Frame, long At)> Sent { get; } = [];

        public List<long> Stamps { get; } = [];

        public bool Send(in Frame frame)
        {
            Sent.Add((frame.Bytes.ToArray(), now()));
            Stamps.Add(frame.Timestamp);
            return true;
        }

        public int Flush() => 0;

        public void Dispose()
        {
        }
    }
}
