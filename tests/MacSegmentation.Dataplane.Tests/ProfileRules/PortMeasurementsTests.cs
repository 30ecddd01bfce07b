using MacSegmentation.Conditions;
using MacSegmentation.Emulation;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.ProfileRules;

/// <summary>What the metrics of profile rules are, from the numbers of a port second by second.</summary>
public class PortMeasurementsTests
{
    private static readonly HashSet<TimeSpan> Asked = [TimeSpan.FromSeconds(10)];
    private readonly PortMeasurements port = new();
    private long now;

    [Fact]
    public void A_share_of_the_bandwidth_is_told_when_the_whole_time_was_seen()
    {
        var condition = MacCondition.Parse("EgressUtilization >= 95% within 10s", ProfileMetrics.All);
        for (int second = 0; second <= 10; second++)
        {
            Look(Link(octets: second * 12_000));
            Assert.Equal(second == 10, port.CanJudge(condition));
        }

        // 96 kbit/s of 100.
        Assert.True(condition.IsMet(port));
        Assert.Equal("EgressUtilization 96% within 10s", port.Describe(condition));

        // Then silence: what was before falls out, second by second.
        for (int second = 0; second < 5; second++)
        {
            Look(Link(octets: 120_000));
        }

        Assert.Equal("EgressUtilization 48% within 10s", port.Describe(condition));
    }

    [Fact]
    public void Another_profile_begins_anew_and_so_does_a_link_whose_numbers_fall()
    {
        var condition = MacCondition.Parse("Loss > 10% within 10s", ProfileMetrics.All);
        for (int second = 0; second <= 10; second++)
        {
            Look(Link(frames: second * 10, dropped: second * 2));
        }

        Assert.Equal("Loss 20% within 10s", port.Describe(condition));
        Look(Link(frames: 200, dropped: 22), profile: "other");
        Assert.False(port.CanJudge(condition));
        for (int second = 0; second < 10; second++)
        {
            Look(Link(frames: 200, dropped: 22), profile: "other");
        }

        Assert.True(port.CanJudge(condition));
        Assert.Equal("Loss 0% within 10s", port.Describe(condition));
        Look(Link(frames: 1), profile: "other");
        Assert.False(port.CanJudge(condition));
    }

    [Fact]
    public void Latency_is_that_of_the_frames_within_the_time()
    {
        var condition = MacCondition.Parse("AddedLatency > 20ms within 10s", ProfileMetrics.All);
        Look(Link(latency: [(1, 1_000_000), (50, 1_000_000)]));
        for (int second = 0; second < 10; second++)
        {
            Look(Link(latency: [(1, 1_000_099), (25, 1), (50, 1_000_000)]));
        }

        Assert.Equal("AddedLatency 1ms within 10s", port.Describe(condition));
        Look(Link(latency: [(1, 1_000_100), (25, 4), (50, 1_000_000)]));
        Assert.True(condition.IsMet(port));
        Assert.Equal("AddedLatency 25ms within 10s", port.Describe(condition));
    }

    [Fact]
    public void What_waits_is_told_at_once()
    {
        var condition = MacCondition.Parse("QueueDepth > 9", ProfileMetrics.All);
        Look(Link(waiting: 12));
        Assert.True(port.CanJudge(condition));
        Assert.True(condition.IsMet(port));
        Look(null);
        Assert.False(condition.IsMet(port));
    }

    [Fact]
    public void Three_changes_back_and_forth_within_a_minute_are_a_fight()
    {
        var start = DateTimeOffset.UnixEpoch;
        Assert.Equal([false, false, true], Changes(start, (0, "a"), (20, "b"), (40, "A")));
        Assert.Equal([false, false, false], Changes(start, (0, "a"), (20, "b"), (61, "a")));
        Assert.Equal([false, false, false, true], Changes(start, (0, "a"), (20, "b"), (30, "c"), (40, "b")));
        Assert.Equal([false, false, true], Changes(start, (0, null), (20, "b"), (40, null)));

        static bool[] Changes(DateTimeOffset start, params (int Second, string? Profile)[] changes)
        {
            var history = new ProfileHistory();
            return [.. changes.Select(change => history.Add(start.AddSeconds(change.Second), change.Profile))];
        }
    }

    private static LinkStatistics Link(long octets = 0, long frames = 0, long dropped = 0, int waiting = 0, params (int Milliseconds, long Frames)[] latency) => new()
    {
        Asked = LinkProfile.None with { Bandwidth = BitRate.Parse("100kbit") },
        FramesIn = frames,
        BytesIn = octets,
        FramesOut = frames - dropped,
        BytesOut = octets,
        FramesDuplicated = 0,
        FramesCorrupted = 0,
        FramesMarked = 0,
        FramesFlushed = 0,
        DroppedByReason = dropped == 0 ? new Dictionary<string, long>() : new Dictionary<string, long> { ["EmulatedLoss"] = dropped },
        FramesWaiting = waiting,
        QueueDepth = waiting,
        QueueBytes = 0,
        Rate = new BitRate(0),
        AddedLatency = [.. latency.Select(bucket => new LatencyBucket(TimeSpan.FromMilliseconds(bucket.Milliseconds), bucket.Frames))],
    };

    /// <summary>Looks, a second after the last time.</summary>
    private void Look(LinkStatistics? link, string profile = "dsl")
    {
        now += TimeSpan.TicksPerSecond;
        port.Look(link, toInstance: null, profile, now, Asked);
    }
}
