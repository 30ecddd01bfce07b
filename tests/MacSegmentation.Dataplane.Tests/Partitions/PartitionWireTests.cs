using MacSegmentation.Enforcement;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using static MacSegmentation.Partitions.WebAndDatabase;

namespace MacSegmentation.Partitions;

/// <summary>A wire and a capture hold frames to partitions too: who sends and receives is told by the addresses of records.</summary>
public class PartitionWireTests
{
    [Fact]
    public async Task In_a_capture_a_reply_passes_and_a_question_the_other_way_does_not()
    {
        var source = new MemorySource("in");
        var sink = new MemorySink("out");
        var snapshot = Snapshot();
        using var enforcer = new PolicyEnforcer(snapshot, DecisionTable.Compile(snapshot), [new EnforcerRoute(source, sink) { IsCapture = true, NativeVlanId = 10 }]);
        foreach (byte[] frame in new[] { OtherQuestion, Question, Answer, OtherQuestion })
        {
            source.Add(frame, timestamp: 1_000);
        }

        source.End();
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Equal([Question, Answer], sink.Sent);
        Assert.Equal([1L, 3L], enforcer.GetPartitionHits().Select(hits => hits.Frames));
        Assert.Equal(2, enforcer.GetStatistics().Total.FramesDenied);
    }

    [Fact]
    public async Task On_a_wire_a_reply_passes_that_comes_the_other_way()
    {
        var (left, right) = (new MemorySource("left"), new MemorySource("right"));
        var (toRight, toLeft) = (new MemorySink("right"), new MemorySink("left"));
        var snapshot = Snapshot();
        using var enforcer = new PolicyEnforcer(
            snapshot, DecisionTable.Compile(snapshot), [new EnforcerRoute(left, toRight) { NativeVlanId = 10 }, new EnforcerRoute(right, toLeft) { NativeVlanId = 10 }]);
        enforcer.Start();
        right.Add(OtherQuestion, timestamp: FrameTime.Now(TimeProvider.System));
        await Await.Until(() => enforcer.GetStatistics().Total.FramesIn == 1, "the question the other way");
        Assert.Empty(toLeft.Sent);
        left.Add(Question, timestamp: FrameTime.Now(TimeProvider.System));
        await Await.Until(() => toRight.Sent.Count == 1, "the question");
        right.Add(Answer, timestamp: FrameTime.Now(TimeProvider.System));
        await Await.Until(() => toLeft.Sent.Count == 1, "the answer");
        enforcer.Stop();
        await Await.End(enforcer);
        Assert.Equal([Answer], toLeft.Sent);
    }
}
