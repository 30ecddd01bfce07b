using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Events;
using MacSegmentation.Following;
using MacSegmentation.Frames;
using MacSegmentation.Ingress;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Enforcement;

public class PolicyEnforcerTests
{
    private const ulong Camera = 0x001A_2B3C_4001;
    private const ulong Plc = 0x0200_5E10_0001;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    private static readonly byte[] FromCamera = TestFrame.Build(Plc, Camera, 10);
    private static readonly byte[] FromPlc = TestFrame.Build(Camera, Plc, 20);

    private readonly MemorySource source = new("in");
    private readonly MemorySink sink = new("out");

    [Fact]
    public async Task Each_outcome_is_counted_with_its_reason_and_the_sums_agree()
    {
        var table = Tables.Compile(
            7,
            PolicyAction.Drop,
            (10, PolicyAction.Deny, ["00:1a:2b:00:00:00/24 * Allow", "* 02:00:5e:10:00:01 Drop"]),
            (20, PolicyAction.Allow, ["* * Deny"]));
        var denied = new MemorySink("denied");
        source.Add(FromCamera);
        source.Add(TestFrame.Build(Plc, Plc, 10));
        source.Add(TestFrame.Build(Camera, Plc, 10));
        source.Add(FromPlc);
        source.Add(TestFrame.Build(Camera, Plc, 30));
        source.Add(FromCamera[..17]);
        source.Add(FromCamera, originalLength: 1514);
        source.Lost = 5;
        source.End();

        using var enforcer = new PolicyEnforcer(table, [new EnforcerRoute(source, sink) { DeniedSink = denied }]);
        enforcer.Start();
        await Await.End(enforcer);

        var statistics = enforcer.GetStatistics();
        var total = statistics.Total;
        Assert.Equal((EnforcerState.Completed, 7L), (statistics.State, statistics.TableRevision));
        Assert.Equal([FromCamera], sink.Sent);
        Assert.Equal([TestFrame.Build(Camera, Plc, 10), FromPlc], denied.Sent);
        Assert.Equal((7L, 1L, 2L, 4L, 5L), (total.FramesIn, total.FramesForwarded, total.FramesDenied, total.FramesDropped, total.FramesLost));
        Assert.Equal(total.BytesIn, total.BytesForwarded + total.BytesDenied + total.BytesDropped);
        Assert.Equal(1514 + 17 + (5L * FromCamera.Length), total.BytesIn);
        Assert.Equal(
            new Dictionary<string, long> { [VerdictReason.Policy.Name] = 1, [VerdictReason.UnknownVlan.Name] = 1, [ReceiveStage.Malformed.Name] = 1, [ReceiveStage.Truncated.Name] = 1 },
            total.DroppedByReason);
        Assert.Equal(new Dictionary<string, long> { [VerdictReason.Policy.Name] = 1, [VerdictReason.DefaultAction.Name] = 1 }, total.DeniedByReason);
        Assert.Equal([1L, 1L, 1L], enforcer.GetPolicyHits().Select(hits => hits.Frames));
        Assert.True(source.IsDisposed && sink.IsDisposed && denied.IsDisposed);
    }

    [Fact]
    public async Task A_frame_captured_in_part_is_judged_by_its_header_in_a_capture()
    {
        source.Add(FromCamera[..18], originalLength: 1514);
        source.Add(FromCamera[..17], originalLength: 1514);
        source.End();
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, sink) { IsCapture = true }]);
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Equal([FromCamera[..18]], sink.Sent);
        Assert.Equal([ReceiveStage.Malformed.Name], enforcer.GetStatistics().Total.DroppedByReason.Keys);
    }

    [Fact]
    public async Task A_frame_without_a_vlan_belongs_to_the_ports_own()
    {
        var other = new MemorySource("other");
        var otherSink = new MemorySink("other out");
        byte[] untagged = TestFrame.Build(Plc, Camera);
        source.Add(untagged);
        source.End();
        other.Add(untagged);
        other.End();
        var table = Tables.Compile(1, (10, PolicyAction.Drop, []));
        using var enforcer = new PolicyEnforcer(
            table, [new EnforcerRoute(source, sink) { NativeVlanId = 10 }, new EnforcerRoute(other, otherSink) { NativeVlanId = 11 }]);
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Empty(sink.Sent);
        Assert.Single(otherSink.Sent);
    }

    [Fact]
    public void A_native_vlan_must_be_one() => Assert.Equal(
        "InvalidVlanId", Assert.Throws<MacSegmentationException>(() => new EnforcerRoute(source, sink) { NativeVlanId = 0 }).ErrorId);

    [Fact]
    public async Task What_a_port_does_not_take_at_once_or_at_the_batchs_end_is_dropped_as_not_sent()
    {
        int flushes = 0;
        var poor = new MemorySink("poor") { Takes = number => number < 20, LostAtFlush = () => flushes++ == 0 ? 3 : 0 };
        for (int i = 0; i < 40; i++)
        {
            source.Add(FromCamera);
        }

        source.End();
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, poor)]);
        enforcer.Start();
        await Await.End(enforcer);
        var total = enforcer.GetStatistics().Total;
        Assert.Equal((40L, 17L, 23L), (total.FramesIn, total.FramesForwarded, total.DroppedByReason[SendStage.SendFailed.Name]));
        Assert.Equal((17L * FromCamera.Length, 23L * FromCamera.Length), (total.BytesForwarded, total.BytesDropped));
    }

    [Fact]
    public async Task An_error_in_one_direction_ends_both_and_is_kept()
    {
        var other = new MemorySource("other");
        var otherSink = new MemorySink("other out");
        source.Add(FromCamera);
        source.Add(new InvalidOperationException("The cable burns."));
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, sink), new EnforcerRoute(other, otherSink)]);
        enforcer.Start();
        await Await.End(enforcer);

        other.Add(FromPlc);
        Assert.Equal(EnforcerState.Failed, enforcer.State);
        Assert.Equal("The cable burns.", Assert.IsType<InvalidOperationException>(enforcer.Error).Message);
        Assert.Single(sink.Sent);
        Assert.Empty(otherSink.Sent);
        Assert.True(other.IsDisposed && otherSink.IsDisposed);
        Assert.Equal(1, enforcer.GetStatistics().Total.FramesForwarded);
    }

    [Fact]
    public async Task A_frame_whose_sending_fails_is_accounted_for()
    {
        var broken = new MemorySink("broken") { Takes = number => number < 2 ? true : throw new IOException("No space.") };
        for (int i = 0; i < 5; i++)
        {
            source.Add(FromCamera);
        }

        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, broken)]);
        enforcer.Start();
        await Await.End(enforcer);
        var total = enforcer.GetStatistics().Total;
        Assert.IsType<IOException>(enforcer.Error);
        Assert.Equal((3L, 2L, 1L), (total.FramesIn, total.FramesForwarded, total.DroppedByReason[SendStage.SendFailed.Name]));
        Assert.Equal(total.BytesIn, total.BytesForwarded + total.BytesDropped);
    }

    [Fact]
    public async Task Stop_returns_at_once_and_nothing_passes_afterwards()
    {
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, sink)]);
        enforcer.Start();
        source.Add(FromCamera);
        await Await.Until(() => sink.Sent.Count == 1, "the first frame");
        long start = TimeProvider.System.GetTimestamp();
        Assert.True(enforcer.Stop());
        Assert.True(TimeProvider.System.GetElapsedTime(start) < StopTimeout);
        Assert.Equal(EnforcerState.Stopped, enforcer.State);
        source.Add(FromCamera);
        Assert.Single(sink.Sent);
        Assert.True(source.IsDisposed && sink.IsDisposed);
        Assert.True(enforcer.Stop());
    }

    [Fact]
    public async Task A_port_that_does_not_wake_cannot_hold_stop_up_nor_forward_later()
    {
        using var deaf = new DeafSource();
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(deaf, sink)]);
        enforcer.Start();
        await Await.Until(() => deaf.IsWaiting, "the thread at the port");
        long start = TimeProvider.System.GetTimestamp();
        Assert.False(enforcer.Stop());
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, StopTimeout);
        Assert.Equal(EnforcerState.Stopping, enforcer.State);

        deaf.Wake(FromCamera);
        await Await.End(enforcer);
        Assert.Equal(EnforcerState.Stopped, enforcer.State);
        Assert.Empty(sink.Sent);
        Assert.Equal(0, enforcer.GetStatistics().Total.FramesIn);
    }

    [Fact]
    public void Stopped_before_its_start_it_closes_its_ports_and_does_not_start()
    {
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, sink)]);
        Assert.Equal(EnforcerState.Starting, enforcer.State);
        Assert.True(enforcer.Stop());
        Assert.True(source.IsDisposed && sink.IsDisposed);
        Assert.Equal("EnforcerAlreadyStarted", Assert.Throws<MacSegmentationException>(enforcer.Start).ErrorId);
    }

    [Fact]
    public async Task Ports_the_store_and_new_tables_are_told_of()
    {
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, sink)]);
        enforcer.Start();
        source.Add(SourceState.Down);
        await Await.Until(() => !enforcer.GetStatistics().Directions[0].IsPortUp, "the port going down");
        source.Add(SourceState.Down);
        source.Add(FromCamera);
        await Await.Until(() => enforcer.GetStatistics().Directions[0].IsPortUp, "the port coming back");
        enforcer.OnStoreLost(new IOException("Gone."));
        Assert.False(enforcer.GetStatistics().IsStoreReachable);
        enforcer.OnStoreBack();
        Assert.True(enforcer.GetStatistics().IsStoreReachable);
        ((ITableListener)enforcer).Prepare(new ConfigurationSnapshot(2, []), Tables.Compile(2))();
        Assert.Equal(2, enforcer.GetStatistics().TableRevision);
        enforcer.OnStoreReplaced();
        enforcer.Stop();

        var events = Await.Drain(enforcer);
        Assert.Equal(
            [EnforcerEventKind.PortDown, EnforcerEventKind.PortUp, EnforcerEventKind.StoreUnreachable, EnforcerEventKind.StoreReachable, EnforcerEventKind.TableSwapped, EnforcerEventKind.StoreReplaced],
            events.Select(happened => happened.Kind));
        Assert.Equal(("in", "Gone.", 2L), (events[0].Port, events[2].Detail, events[4].Revision));
        Assert.Equal("The store was replaced or restored; all of it was read anew, and its revision 2 is in force.", events[5].Message);
        Assert.True(enforcer.Events.Reader.Completion.IsCompleted);
    }

    [Fact]
    public async Task Rates_and_ages_follow_the_clock()
    {
        var clock = new ManualClock();
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, sink)], new EnforcerOptions { TimeProvider = clock });
        enforcer.Start();
        var start = enforcer.GetStatistics();
        for (int i = 0; i < 100; i++)
        {
            source.Add(FromCamera);
        }

        await Await.Until(() => enforcer.GetStatistics().Total.FramesForwarded == 100, "the frames");
        clock.Advance(TimeSpan.FromSeconds(2));
        var later = enforcer.GetStatistics();
        Assert.Equal(50, later.Rates.FramesForwardedPerSecond);
        Assert.Equal(50 * 8 * FromCamera.Length, later.RatesSince(start).BitsInPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(2), later.TableAge);
        enforcer.Swap(Tables.Compile(2));
        Assert.Equal(TimeSpan.Zero, enforcer.GetStatistics().TableAge);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, enforcer.GetStatistics().RatesSince(later).FramesInPerSecond);
    }

    /// <summary>A port that hears nobody until the test wakes it.</summary>
    private sealed class DeafSource : IFrameSource
    {
        private readonly ManualResetEventSlim wake = new();
        private byte[] frame = [];

        public string Name => "deaf";

        public bool IsWaiting { get; private set; }

        public void Wake(byte[] with)
        {
            frame = with;
            wake.Set();
        }

        public SourceState Receive(IFrameHandler handler)
        {
            IsWaiting = true;
            wake.Wait();
            handler.Handle(new Frame(frame, frame.Length, 0));
            return SourceState.Open;
        }

        public void Interrupt()
        {
        }

        public long ReadLostFrames() => 0;

        public void Dispose()
        {
        }
    }

    /// <summary>The link takes nothing, and later the queue gives up what waits: what was to be forwarded was dropped, with its reason.</summary>
    [Fact]
    public async Task What_a_wires_queue_gives_up_later_is_not_counted_as_forwarded()
    {
        var source = new MemorySource("in");
        var link = new StuckSink();
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, link)]);
        enforcer.Start();
        source.Add(new byte[64]);
        source.Add(new byte[64]);
        await Await.Until(() => enforcer.GetStatistics().Total.DroppedByReason.GetValueOrDefault("SendFailed") == 2, "what waited was given up");
        source.End();
        await Await.End(enforcer);
        var total = enforcer.GetStatistics().Total;
        Assert.Equal((2L, 0L, 2L, 128L), (total.FramesIn, total.FramesForwarded, total.FramesDropped, total.BytesDropped));
    }

    /// <summary>Takes frames, and gives them up at the flush after the next.</summary>
    private sealed class StuckSink : IFrameSink
    {
        private int waiting;
        private int flushes;

        public string Name => "stuck";

        public bool HasBacklog => waiting > 0;

        public bool Send(in Frame frame)
        {
            waiting++;
            flushes = 0;
            return true;
        }

        public int Flush()
        {
            if (waiting == 0 || flushes++ == 0)
            {
                return 0;
            }

            int given = waiting;
            waiting = 0;
            return given;
        }

        public void Dispose()
        {
        }
    }
}
