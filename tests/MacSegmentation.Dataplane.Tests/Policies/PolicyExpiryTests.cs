using MacSegmentation.Addressing;
using MacSegmentation.Enforcement;
using MacSegmentation.Frames;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tracing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>Frames of a capture are judged by what was in force when they came; live ones by the table that is.</summary>
public sealed class PolicyExpiryTests
{
    private static readonly DateTimeOffset Expiry = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Tagged = TestFrame.Build(0x0200_0000_0001, 0x0200_0000_0002);

    private readonly MemorySource source = new("in");
    private readonly MemorySink sink = new("out");
    private readonly ConfigurationSnapshot snapshot = new(1,
    [
        new VlanPolicies(1, PolicyAction.Allow,
        [
            new MacPolicy
            {
                PolicyId = 7,
                VlanId = 1,
                Order = 10,
                SourceAddress = MacPattern.Any,
                DestinationAddress = MacPattern.Any,
                Action = PolicyAction.Drop,
                ExpiresAt = Expiry,
            },
        ]),
    ]);

    [Fact]
    public async Task Frames_of_a_capture_are_judged_by_their_own_time_in_whatever_sequence()
    {
        foreach (int seconds in (int[])[-1, 0, 1, -1, 5])
        {
            source.Add(Tagged, timestamp: FrameTime.Of(Expiry.AddSeconds(seconds)));
        }

        source.End();
        using var enforcer = new PolicyEnforcer(snapshot, DecisionTable.Compile(snapshot), [new EnforcerRoute(source, sink) { IsCapture = true, NativeVlanId = 1 }]);
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Equal(3, sink.Sent.Count);
        Assert.Equal(2, Assert.Single(enforcer.GetPolicyHits()).Frames);
    }

    [Fact]
    public void A_trace_goes_by_the_frames_time()
    {
        var tests = new List<MacFrameTest>();
        var tracer = new FrameTracer(snapshot, DecisionTable.Compile(snapshot), FrameTracer.Uplink, nativeVlan: 1, tests.Add);
        tracer.Handle(Tagged, Expiry.AddSeconds(-1));
        tracer.Handle(Tagged, Expiry);
        Assert.Equal(PolicyAction.Drop, tests[0].Action);
        Assert.NotEqual(VerdictReason.Policy.Name, tests[1].Reason);
        Assert.Contains(tests[1].Stage, stage => stage.Detail.Contains("would have decided", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, long.MinValue)]
    [InlineData(9999, long.MaxValue)]
    public void A_time_beyond_what_frames_carry_is_the_end_of_it(int year, long expected) =>
        Assert.Equal(expected, FrameTime.Saturated(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero)));
}
