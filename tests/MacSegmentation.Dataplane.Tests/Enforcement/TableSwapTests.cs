using System.Buffers.Binary;
using MacSegmentation.Enforcement;
using MacSegmentation.Frames;
using MacSegmentation.Ports;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Enforcement;

/// <summary>Tables change while frames flow: each frame is judged by one whole table, and none is lost.</summary>
public class TableSwapTests
{
    private const ulong Odd = 0x0200_0000_0001;
    private const ulong Even = 0x0200_0000_0002;

    /// <summary>
    /// Of two tables one lets only one of two stations pass and the other only the other. A pair of frames, one of each station, that is judged
    /// by one table gives exactly one frame; the pairs between which the table changes may give none or two, and are counted.
    /// </summary>
    [Fact]
    public async Task Frames_under_a_storm_of_changes_are_judged_by_the_old_table_or_the_new()
    {
        var oddOnly = Tables.Compile(1, (10, PolicyAction.Drop, ["02:00:00:00:00:01 * Allow", "02:00:00:00:00:02 * Drop"]));
        var evenOnly = Tables.Compile(2, (10, PolicyAction.Drop, ["02:00:00:00:00:01 * Drop", "02:00:00:00:00:02 * Allow"]));
        var sink = new PairSink();
        var source = new PairSource();
        using var enforcer = new PolicyEnforcer(oddOnly, [new EnforcerRoute(source, sink)]);
        enforcer.Start();
        int swaps = 0;
        while (swaps < 2000)
        {
            enforcer.Swap(++swaps % 2 == 0 ? oddOnly : evenOnly);
            var moment = enforcer.GetStatistics().Total;
            Assert.Equal(moment.FramesIn, moment.FramesForwarded + moment.FramesDropped);
            await Task.Yield();
        }

        source.Interrupt();
        await Await.End(enforcer);
        Assert.Null(enforcer.Error);

        var total = enforcer.GetStatistics().Total;
        Assert.Equal(source.Sent, total.FramesIn);
        Assert.Equal(source.Sent, total.FramesForwarded + total.FramesDropped);
        Assert.Equal(sink.Received, total.FramesForwarded);
        Assert.Equal([VerdictReason.Policy.Name], total.DroppedByReason.Keys);

        // Both tables have the same policies by number, so every hit of the run is still there.
        Assert.Equal(total.FramesIn, enforcer.GetPolicyHits().Sum(hits => hits.Frames));
        Assert.True(sink.Uneven <= swaps, $"{sink.Uneven} pairs were judged by two tables, but the table changed {swaps} times only.");
    }

    [Fact]
    public async Task Hits_stay_with_their_policy_when_the_table_changes_around_it_and_begin_at_zero_for_a_new_one()
    {
        var source = new MemorySource("in");
        var sink = new MemorySink("out");
        byte[] frame = TestFrame.Build(1, Odd, 10);
        using var enforcer = new PolicyEnforcer(Tables.Compile(1, (10, PolicyAction.Allow, ["02:00:00:00:00:01 * Allow"])), [new EnforcerRoute(source, sink)]);
        enforcer.Start();
        source.Add(frame);
        await Await.Until(() => sink.Sent.Count == 1, "the first frame");

        // Policies come and go in other VLANs, so that places are given out, taken back and given out again.
        for (int round = 2; round < 50; round++)
        {
            int vlan = 20 + (round % 5);
            enforcer.Swap(Tables.Compile(
                round, (10, PolicyAction.Allow, ["02:00:00:00:00:01 * Allow"]), (vlan, PolicyAction.Allow, ["* 00:00:00:00:00:01 Drop"])));
            source.Add(frame);
            source.Add(TestFrame.Build(1, Odd, vlan));
            int sent = round;
            await Await.Until(() => sink.Sent.Count == sent && enforcer.GetStatistics().Total.FramesIn == (2 * sent) - 1, $"round {round}");
            Assert.Equal([round, 1L], enforcer.GetPolicyHits().Select(hits => hits.Frames));
        }

        enforcer.Stop();
    }

    [Fact]
    public void A_hundred_thousand_policies_find_their_places()
    {
        string[] lines = [.. Enumerable.Range(0, 100_000).Select(number => $"02:00:00:0{number >> 16:x}:{(number >> 8) & 0xFF:x2}:{number & 0xFF:x2} * Allow")];
        var source = new MemorySource("in");
        using var enforcer = new PolicyEnforcer(Tables.Empty, [new EnforcerRoute(source, new MemorySink("out"))]);
        enforcer.Swap(Tables.Compile(2, (10, PolicyAction.Allow, lines)));
        enforcer.Swap(Tables.Compile(3, (10, PolicyAction.Allow, lines[1..])));
        Assert.Equal(99_999, enforcer.GetPolicyHits().Count);
    }

    /// <summary>Sends numbered pairs of frames, as fast as they are taken.</summary>
    private sealed class PairSource : IFrameSource
    {
        private readonly byte[] odd = TestFrame.Build(1, Odd, 10);
        private readonly byte[] even = TestFrame.Build(1, Even, 10);
        private volatile bool isInterrupted;

        public string Name => "pairs";

        public long Sent { get; private set; }

        public SourceState Receive(IFrameHandler handler)
        {
            for (int i = 0; i < 100; i++)
            {
                BinaryPrimitives.WriteInt64BigEndian(odd.AsSpan(^8..), Sent / 2);
                BinaryPrimitives.WriteInt64BigEndian(even.AsSpan(^8..), Sent / 2);
                handler.Handle(new Frame(odd, odd.Length, 0));
                handler.Handle(new Frame(even, even.Length, 0));
                Sent += 2;
            }

            return isInterrupted ? SourceState.Ended : SourceState.Open;
        }

        public void Interrupt() => isInterrupted = true;

        public long ReadLostFrames() => 0;

        public void Dispose()
        {
        }
    }

    /// <summary>Counts the pairs of which not exactly one frame came.</summary>
    private sealed class PairSink : IFrameSink
    {
        private long last = -1;

        public string Name => "pairs";

        public long Received { get; private set; }

        public long Uneven { get; private set; }

        public bool Send(in Frame frame)
        {
            long pair = BinaryPrimitives.ReadInt64BigEndian(frame.Bytes[^8..]);
            Uneven += pair == last ? 1 : pair - last - 1;
            last = pair;
            Received++;
            return true;
        }

        public int Flush() => 0;

        public void Dispose()
        {
        }
    }
}
