using MacSegmentation.Enforcement;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;

namespace MacSegmentation.Queues;

/// <summary>A wire and a capture are switches with two ports: their queues are the same, and a capture's time is that of its frames.</summary>
public class QueuedWireTests
{
    private const long Millisecond = 1_000_000;

    private static readonly DecisionTable Table = DecisionTable.Compile(new ConfigurationSnapshot(1, [new VlanPolicies(1, PolicyAction.Allow, [])]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_a_capture_a_frame_leaves_at_its_time_between_the_others_and_the_last_ones_at_its_end(bool isIngress)
    {
        var source = new MemorySource("in");
        var sink = new TimingSink("out");
        FrameQueue Delayed() => new(new DelayDiscipline(TimeSpan.FromMilliseconds(10)));
        using var enforcer = new PolicyEnforcer(Table, [new EnforcerRoute(source, sink)
        {
            IsCapture = true,
            IngressQueue = isIngress ? Delayed() : null,
            EgressQueue = isIngress ? null : Delayed(),
        }]);
        foreach (long time in new[] { 0L, 4, 12, 13, 40 })
        {
            source.Add(Udp(MacA, MacB, A, B), timestamp: 1_000 + (time * Millisecond));
        }

        source.End();
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Null(enforcer.Error);
        Assert.Equal([10, 14, 22, 23, 50], sink.Times.Select(time => (time - 1_000) / Millisecond));
        var total = enforcer.GetStatistics().Total;
        Assert.Equal((5L, 5L, 0L), (total.FramesIn, total.FramesForwarded, total.FramesQueued));
    }

    /// <summary>By the real clock: a thread of its own serves the queue while the port's waits for frames.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_wire_a_frame_leaves_though_no_other_comes(bool isIngress)
    {
        var source = new MemorySource("in");
        var sink = new TimingSink("out");
        FrameQueue Delayed() => new(new DelayDiscipline(TimeSpan.FromMilliseconds(20)));
        using var enforcer = new PolicyEnforcer(Table, [new EnforcerRoute(source, sink) { IngressQueue = isIngress ? Delayed() : null, EgressQueue = isIngress ? null : Delayed() }]);
        enforcer.Start();
        for (int i = 1; i <= 3; i++)
        {
            long sent = TimeProvider.System.GetTimestamp();
            source.Add(Udp(MacA, MacB, A, B), timestamp: FrameTime.Now(TimeProvider.System));
            await Await.Until(() => sink.Times.Count == i, "the frame");
            Assert.InRange(TimeProvider.System.GetElapsedTime(sent), TimeSpan.FromMilliseconds(20), Await.Deadline);
        }

        enforcer.Stop();
        await Await.End(enforcer);
        Assert.Equal(3L, enforcer.GetStatistics().Total.FramesForwarded);
    }

    [Fact]
    public async Task A_stop_drops_what_waits_and_sends_nothing_any_more()
    {
        var source = new MemorySource("in");
        var sink = new TimingSink("out");
        using var enforcer = new PolicyEnforcer(Table, [new EnforcerRoute(source, sink) { IngressQueue = new FrameQueue(new DelayDiscipline(TimeSpan.FromHours(1))) }]);
        enforcer.Start();
        source.Add(Udp(MacA, MacB, A, B));
        await Await.Until(() => enforcer.GetStatistics().Total.FramesQueued == 1, "the frame in the queue");
        enforcer.Stop();
        await Await.End(enforcer);
        var total = enforcer.GetStatistics().Total;
        Assert.Equal((1L, 1L, 0L), (total.FramesIn, total.FramesDropped, total.FramesQueued));
        Assert.Empty(sink.Times);
    }

    private sealed class TimingSink(string name) : IFrameSink
    {
        public string Name => name;

        public System.Collections.Concurrent.ConcurrentQueue<long> Times { get; } = new();

        public bool Send(in Frame frame)
        {
            Times.Enqueue(frame.Timestamp);
            return true;
        }

        public int Flush() => 0;

        public void Dispose()
        {
        }
    }
}
