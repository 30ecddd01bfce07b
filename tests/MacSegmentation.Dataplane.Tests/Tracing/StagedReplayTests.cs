using MacSegmentation.Frames;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using static MacSegmentation.Partitions.WebAndDatabase;

namespace MacSegmentation.Tracing;

/// <summary>What is staged decides nothing; a replay tells what it would.</summary>
public class StagedReplayTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Frames_that_would_be_refused_are_told_together_and_replies_are_not_among_them(bool isTagged, bool isPolicyStaged)
    {
        var replay = Replay(Snapshot(isPartitionStaged: !isPolicyStaged, isDenialStaged: isPolicyStaged));
        foreach (byte[] frame in new[] { OtherQuestion, Question, Answer, OtherQuestion, OtherQuestion })
        {
            Handle(replay, isTagged ? Tagged(frame, 10) : frame);
        }

        var change = Assert.Single(replay.Changes);
        Assert.Equal((3L, 1L, "db", 10, PolicyAction.Allow, PolicyAction.Deny), (change.Frames, change.FirstFrame, change.From, change.VlanId, change.Before, change.After));
        Assert.Equal(["web"], change.BeforeTo);
        Assert.Empty(change.AfterTo);
        Assert.Contains("Policy 2 of partition 'web'", change.Explanation, StringComparison.Ordinal);
        Assert.Equal((5L, 3L, 0L, true), (replay.Frames, replay.ChangedFrames, replay.UntoldFrames, replay.HasStaged));
    }

    [Fact]
    public void What_is_in_force_already_changes_nothing()
    {
        var replay = Replay(Snapshot(isPartitionStaged: false, isDenialStaged: false));
        Handle(replay, OtherQuestion);
        Assert.Equal((false, 1L, 0L), (replay.HasStaged, replay.Frames, replay.ChangedFrames));
    }

    [Fact]
    public void A_staged_policy_that_admits_what_the_default_action_refuses_is_told_too()
    {
        var replay = Replay(Snapshot(isPartitionStaged: true, isDenialStaged: false, PolicyAction.Deny));
        Handle(replay, Question);
        Handle(replay, Answer);
        Assert.Equal(
            [("web", PolicyAction.Deny, PolicyAction.Allow), ("db", PolicyAction.Deny, PolicyAction.Allow)],
            replay.Changes.Select(change => (change.From, change.Before, change.After)));
    }

    [Fact]
    public void A_frame_without_a_copy_that_a_partition_could_admit_ends_by_the_default_action_and_the_trace_says_so()
    {
        var snapshot = Snapshot(isPartitionStaged: false, isDenialStaged: false, PolicyAction.Deny);
        var tests = new List<MacFrameTest>();
        var tracer = new FrameTracer(snapshot, DecisionTable.Compile(snapshot), FrameTracer.Uplink, nativeVlan: 10, tests.Add);
        tracer.Handle([0x02, 0, 0, 0, 0x77, 1, 0x02, 0, 0, 0, 0x77, 2, .. Question[12..]]);
        var test = Assert.Single(tests);
        Assert.Equal((PolicyAction.Deny, nameof(VerdictReason.DefaultAction), "Policy"), (test.Action, test.Reason, test.Stage[^1].Stage));
    }

    [Fact]
    public void Of_very_many_different_changes_the_first_ones_are_told_and_the_others_counted()
    {
        var replay = Replay(Snapshot(isPartitionStaged: true, isDenialStaged: false));
        for (int i = 0; i < StagedReplay.MaxChanges + 5; i++)
        {
            byte[] frame = [.. OtherQuestion];
            (frame[0], frame[1], frame[2], frame[3], frame[4], frame[5]) = (0x33, 0x33, 0xFF, 0, (byte)(i >> 8), (byte)i);
            Handle(replay, frame);
        }

        Assert.Equal((StagedReplay.MaxChanges, StagedReplay.MaxChanges + 5L, 5L), (replay.Changes.Count, replay.ChangedFrames, replay.UntoldFrames));
    }

    private static void Handle(StagedReplay replay, byte[] frame) => replay.Handle(new Frame(frame, frame.Length, 1_000));

    private static byte[] Tagged(byte[] frame, byte vlanId) => [.. frame[..12], 0x81, 0x00, 0x00, vlanId, .. frame[12..]];

    private static StagedReplay Replay(ConfigurationSnapshot snapshot) => new(snapshot, DecisionTable.Compile(snapshot), nativeVlan: null);
}
