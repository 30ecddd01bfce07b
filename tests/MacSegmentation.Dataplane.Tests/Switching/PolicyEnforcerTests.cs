using MacSegmentation.Frames;
using MacSegmentation.Policies;

namespace MacSegmentation.Switching;

public class PolicyEnforcerTests
{
    private const ulong Camera = 0x001A_2B3C_4001;
    private const ulong Plc = 0x0200_5E10_0001;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Each_outcome_is_counted_with_its_reason_and_the_sums_agree()
    {
        var table = Tables.Compile(
            7,
            PolicyAction.Drop,
            (10, PolicyAction.Deny, ["00:1a:2b:00:00:00/24 * Allow", "* 02:00:5e:10:00:01 Drop"]),
            (20, PolicyAction.Allow, ["* * Deny"]));
        var (source, sink, denied) = (new MemorySource("in"), new MemorySink("out"), new MemorySink("denied"));
        byte[] allowed = TestFrame.Build(Plc, Camera, 10);
        byte[] refused = TestFrame.Build(Camera, Plc, 20);
        source.Add(allowed);
        source.Add(TestFrame.Build(Plc, Plc, 10));
        source.Add(TestFrame.Build(Camera, Plc, 10));
        source.Add(refused);
        source.Add(TestFrame.Build(Camera, Plc, 30));
        source.Add(allowed[..17]);
        source.Add(allowed, originalLength: 1514);
        source.End();

        using var enforcer = new PolicyEnforcer(table, [new EnforcerRoute(source, sink) { DeniedSink = denied }]);
        enforcer.Start();
        await enforcer.Completion.WaitAsync(Deadline, TestContext.Current.CancellationToken);

        var statistics = enforcer.GetStatistics();
        var total = statistics.Total;
        Assert.Equal(EnforcerState.Completed, statistics.State);
        Assert.Equal([allowed], sink.Sent);
        Assert.Equal([TestFrame.Build(Camera, Plc, 10), refused], denied.Sent);
        Assert.Equal((7L, 1L, 2L, 4L), (total.FramesIn, total.FramesForwarded, total.FramesDenied, total.FramesDropped));
        Assert.Equal(total.BytesIn, total.BytesForwarded + total.BytesDenied + total.BytesDropped);
        Assert.Equal(
            new Dictionary<VerdictReason, long> { [VerdictReason.Policy] = 1, [VerdictReason.UnknownVlan] = 1, [VerdictReason.Malformed] = 1, [VerdictReason.Truncated] = 1 },
            total.DroppedByReason);
        Assert.Equal(new Dictionary<VerdictReason, long> { [VerdictReason.Policy] = 1, [VerdictReason.DefaultAction] = 1 }, total.DeniedByReason);
        Assert.Equal([1L, 1L, 1L], enforcer.GetPolicyHits().Select(hits => hits.Frames));
        Assert.True(source.IsDisposed && sink.IsDisposed && denied.IsDisposed);
    }
}
