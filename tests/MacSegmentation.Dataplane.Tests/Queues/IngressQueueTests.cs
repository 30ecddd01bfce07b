using System.Buffers.Binary;
using MacSegmentation.Counting;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Ingress;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using MacSegmentation.Workers;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Queues;

/// <summary>What a port's machine sends can wait between port security and learning, and what goes to it before it is sent: on the test's own thread and clock.</summary>
public class IngressQueueTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(10);
    private static readonly MacInterface[] Records = [Record("a", 10, MacA, "10.0.0.11/24"), Record("b", 10, MacB, "10.0.0.12/24"), Record("c", 10, MacC, "10.0.0.13/24")];

    private readonly ManualClock clock = new();
    private readonly Dictionary<string, MemorySource> sources = [];
    private readonly Dictionary<string, MemorySink> sinks = [];
    private readonly EnforcerEventQueue events = new(capacity: 1_000);
    private MacSwitch? tested;
    private IReadOnlyList<IServedPort> ports = [];

    [Fact]
    public void A_frame_that_is_held_leaves_at_its_time_and_in_its_sequence()
    {
        Start(("a", new DelayDiscipline(Delay), null));
        Arrive("a", Numbered(1));
        clock.Advance(TimeSpan.FromMilliseconds(4));
        Arrive("a", Numbered(2));
        Assert.Equal(("", 2L, 2L), (Left("b"), Counts("a").FramesIn, Counts("a").FramesQueued));
        Assert.Equal(6_000_000, ports[0].Delay);
        Advance(milliseconds: 5.9999);
        Assert.Equal("", Left("b"));
        Advance(milliseconds: 0.0001);
        Assert.Equal("1", Left("b"));
        Advance(milliseconds: 100);
        Assert.Equal("1 2", Left("b"));
        AssertConserved("a", forwarded: 2);
    }

    /// <summary>One is held in bulk, and meets its bound again and again; its neighbour's frames, also those to it, leave at once.</summary>
    [Fact]
    public void A_port_that_holds_delays_itself_only_and_recovers()
    {
        Start(("a", new DelayDiscipline(Delay), 8));
        for (int round = 1; round <= 4; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                Arrive("a", Numbered(i));
            }

            Arrive("b", Udp(MacB, MacC, B, C));
            Arrive("b", Udp(MacB, MacA, B, A));
            Assert.Equal((round, round), (sinks["c"].Sent.Count, sinks["a"].Sent.Count));
            Assert.Equal((8L, 12L * round), (Counts("a").FramesQueued, Counts("a").DroppedByReason[IngressQueueStage.IngressQueueFull.Name]));
            Advance(milliseconds: 10);
            Assert.Equal(8 * round, sinks["b"].Sent.Count);
            AssertConserved("a", forwarded: 8 * round);
        }
    }

    [Fact]
    public void What_may_not_come_in_does_not_wait()
    {
        Start(("a", new DelayDiscipline(Delay), null));
        Arrive("a", Udp(Stranger, MacB, A, B));
        Assert.Equal((0L, 1L), (Counts("a").FramesQueued, Counts("a").FramesDenied));
    }

    /// <summary>It arrived when b was allowed, and goes on when it is not.</summary>
    [Fact]
    public void What_goes_on_meets_the_tables_of_then()
    {
        Start(("a", new DelayDiscipline(Delay), null));
        Arrive("a", Numbered(1));
        Use(Configuration() with { Vlans = [new VlanPolicies(10, PolicyAction.Deny, [])] });
        Advance(milliseconds: 10);
        Assert.Equal((0, 0L, 1L), (sinks["b"].Sent.Count, Counts("a").FramesQueued, Counts("a").DeniedByReason[VerdictReason.DefaultAction.Name]));
    }

    [Theory]
    [InlineData("down")]
    [InlineData("removed")]
    [InlineData("ended")]
    public void What_waits_at_a_port_that_goes_is_dropped_with_its_reason(string how)
    {
        Start(("a", new DelayDiscipline(Delay), null));
        Arrive("a", Numbered(1));
        Arrive("a", Numbered(2));
        switch (how)
        {
            case "down":
                sources["a"].Add(SourceState.Down);
                Assert.True(ports[0].Serve(waits: true));
                break;
            case "removed":
                Use(Configuration() with { Interfaces = [.. Records.Skip(1)] });
                ports[0].ServeQueues();
                Arrive("a", Numbered(3));
                break;
            default:
                ports[0].Stop();
                Advance(milliseconds: 10);
                Assert.Equal(2L, Counts("a").FramesQueued);
                ports[0].End();
                break;
        }

        Advance(milliseconds: 10);
        Assert.Equal((0, 0L, 2L), (sinks["b"].Sent.Count, Counts("a").FramesQueued, Counts("a").DroppedByReason[IngressQueueStage.IngressQueueFlushed.Name]));
        AssertConserved("a", forwarded: 0);
        if (how is "down")
        {
            sources["a"].Add(SourceState.Open);
            Assert.True(ports[0].Serve(waits: true));
            Arrive("a", Numbered(3));
            Advance(milliseconds: 10);
            Assert.Equal("3", Left("b"));
        }
    }

    /// <summary>A thousand frames are due at once: they go on in several turns, between which others have theirs.</summary>
    [Fact]
    public void What_is_due_at_once_goes_on_in_bounded_turns()
    {
        Start(("a", new DelayDiscipline(Delay), null));
        for (int i = 0; i < 200; i++)
        {
            Arrive("a", Numbered(i));
        }

        clock.Advance(Delay);
        for (int turn = 1; turn <= 4; turn++)
        {
            Assert.Equal(0, ports[0].Delay);
            ports[0].ServeQueues();
            Assert.Equal(Math.Min(64 * turn, 200), sinks["b"].Sent.Count);
        }

        Assert.Equal(long.MaxValue, ports[0].Delay);
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 200)), Left("b"));
    }

    [Fact]
    public void An_egress_queue_holds_what_goes_to_one_port_only()
    {
        StartWithEgress("b", new DelayDiscipline(Delay));
        Arrive("a", Udp(MacA, All, A, "255.255.255.255"));
        Assert.Equal((0, 1), (sinks["b"].Sent.Count, sinks["c"].Sent.Count));
        Assert.Equal(10_000_000, ports[1].Delay);
        Advance(milliseconds: 9.9999);
        Assert.Empty(sinks["b"].Sent);
        Advance(milliseconds: 0.0001);
        Assert.Single(sinks["b"].Sent);
        AssertConserved("a", forwarded: 1);
    }

    [Fact]
    public void What_an_egress_queue_has_no_room_for_or_has_at_the_end_is_counted_as_not_sent()
    {
        StartWithEgress("b", new DelayDiscipline(Delay), capacity: 4);
        for (int i = 0; i < 6; i++)
        {
            Arrive("a", Numbered(i));
        }

        Assert.Equal((4L, 2L), (Statistics("b").FramesSent, Statistics("b").FramesNotSent));
        AssertConserved("a", forwarded: 4);
        ports[1].End();
        Assert.Equal((0L, 6L), (Statistics("b").FramesSent, Statistics("b").FramesNotSent));
    }

    private static ConfigurationSnapshot Configuration() => Snapshot(Records);

    private static byte[] Numbered(int number)
    {
        byte[] frame = Udp(MacA, MacB, A, B);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(^4..), number);
        return frame;
    }

    private void Start(params (string Port, IQueueDiscipline Discipline, int? Capacity)[] queues) => Start(port => port with
    {
        IngressQueue = queues.Where(queue => string.Equals($"p-{queue.Port}", port.Settings.Adapter, StringComparison.Ordinal))
            .Select(queue => new FrameQueue(queue.Discipline, queue.Capacity ?? FrameQueue.DefaultCapacity)).FirstOrDefault(),
    });

    private void StartWithEgress(string of, IQueueDiscipline discipline, int capacity = FrameQueue.DefaultCapacity) => Start(port => port with
    {
        EgressQueue = string.Equals($"p-{of}", port.Settings.Adapter, StringComparison.Ordinal) ? new FrameQueue(discipline, capacity) : null,
    });

    private void Start(Func<SwitchPortAssignment, SwitchPortAssignment> shape)
    {
        foreach (var record in Records)
        {
            (sources[record.Name], sinks[record.Name]) = (new MemorySource($"p-{record.Name}"), new MemorySink($"p-{record.Name}"));
        }

        var assignments = Records.Select(record => shape(new SwitchPortAssignment(PortOf(record.Name), sources[record.Name], sinks[record.Name])));
        tested = new MacSwitch(new SwitchLayout([.. assignments], new SwitchOptions()), new EnforcerOptions { TimeProvider = clock }, events);
        ports = ((IForwardingEngine)tested).Ports;
        Use(Configuration());
    }

    private void Use(ConfigurationSnapshot snapshot) => ((IForwardingEngine)tested!).Prepare(snapshot, DecisionTable.Compile(snapshot))();

    private void Arrive(string port, byte[] frame)
    {
        sources[port].Add(frame, timestamp: clock.Nanoseconds);
        Assert.True(ports[Array.FindIndex(Records, record => string.Equals(record.Name, port, StringComparison.Ordinal))].Serve(waits: true));
    }

    private void Advance(double milliseconds)
    {
        clock.Advance(TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond)));
        foreach (var port in ports)
        {
            port.ServeQueues();
        }
    }

    private string Left(string port) => string.Join(' ', sinks[port].Sent.Select(frame => BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(^4..))));

    private SwitchPortStatistics Statistics(string port) => tested!.DescribePorts().Single(one => string.Equals(one.Interface, port, StringComparison.Ordinal));

    private TrafficCounts Counts(string port) => Statistics(port).Counts;

    private void AssertConserved(string port, long forwarded)
    {
        var counts = Counts(port);
        Assert.Equal(forwarded, counts.FramesForwarded);
        Assert.Equal(counts.FramesIn, counts.FramesForwarded + counts.FramesAnswered + counts.FramesDenied + counts.FramesDropped + counts.FramesQueued);
        Assert.Equal(counts.BytesIn, counts.BytesForwarded + counts.BytesAnswered + counts.BytesDenied + counts.BytesDropped + counts.BytesQueued);
    }
}
