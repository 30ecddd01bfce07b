using System.Diagnostics;
using MacSegmentation.Enforcement;
using MacSegmentation.Lab.Network;
using MacSegmentation.LivePorts;
using MacSegmentation.Pcap;
using MacSegmentation.Policies;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Lab;

/// <summary>An enforcer between two hosts.</summary>
public sealed class EnforcerTests
{
    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    [Fact]
    public void Ping_passes_until_it_is_denied_and_again_when_the_policy_is_gone()
    {
        using var segment = new Segment();
        segment.AssignAddresses();
        using var running = new RunningEnforcer(segment.Middle);

        Assert.Equal(5, segment.HostA.Ping(Segment.AddressOfB, 5, 2).Count);

        var policy = running.Add(PolicyAction.Deny, Segment.MacOfA);
        running.AwaitNewestTable();
        Assert.Empty(segment.HostA.Ping(Segment.AddressOfB, 3, 0.3));
        Assert.True(running.Counts.FramesDenied >= 3);

        running.Remove(policy);
        running.AwaitNewestTable();
        Assert.Equal(5, segment.HostA.Ping(Segment.AddressOfB, 5, 2).Count);
    }

    [Fact]
    public void A_deny_stops_the_traffic_of_a_running_enforcer_within_100_ms()
    {
        using var segment = new Segment();
        using var running = new RunningEnforcer(segment.Middle);
        using var listener = new Listener(segment.HostB, "b0");
        using var talker = new Talker(segment.HostA, "a0");
        // The best of a few: a machine that is busy with something else may keep anyone waiting once, but not each time.
        var late = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 5 && late >= ChangeTimeout; attempt++)
        {
            late = LatenessOfADeny(running, listener, talker, attempt * 10_000);
        }

        Assert.True(late < ChangeTimeout, $"A frame passed {late.TotalMilliseconds} ms after the change.");
    }

    [Fact]
    public void Frames_keep_their_tags_and_every_other_octet()
    {
        using var segment = new Segment();
        using var running = new RunningEnforcer(segment.Middle);
        using var listener = new Listener(segment.HostB, "b0");
        using var talker = new Talker(segment.HostA, "a0");
        byte[][] frames =
        [
            Packet.Build(60, 1),
            Packet.Build(1514, 2),
            Packet.Build(64, 3, null, (0x8100, 0x6064)), // priority 3, VLAN 100
            Packet.Build(1518, 4, null, (0x8100, 0x0064)), // the longest that a tag makes
            Packet.Build(64, 5, null, (0x8100, 0xf000)), // priority and drop-eligible, no VLAN
            Packet.Build(64, 6, null, (0x88a8, 0x0064)),
            Packet.Build(100, 7, null, (0x88a8, 0x0064), (0x8100, 0x00c8)),
            Packet.Build(100, 8, null, (0x8100, 0x0064), (0x8100, 0x00c8)),
            Packet.Build(1514, 9, null, (0x88a8, 0x0064), (0x8100, 0x00c8)),
        ];

        talker.Send(frames);

        Deadline.Await("all frames", () => listener.Heard.Count == frames.Length);
        Assert.Equal(frames, listener.Heard.Select(heard => heard.Bytes));
    }

    [Fact]
    public void A_million_frames_in_are_a_million_frames_out_or_counted()
    {
        const int million = 1_000_000;
        const string refused = "02:00:00:00:00:0d";
        const string dropped = "02:00:00:00:00:0e";
        using var segment = new Segment();
        using var running = new RunningEnforcer(segment.Middle);
        running.Add(PolicyAction.Deny, refused);
        running.Add(PolicyAction.Drop, dropped);
        running.AwaitNewestTable();
        using var talker = new Talker(segment.HostA, "a0");
        long sent = 0;
        foreach (var (source, count) in new[] { (Segment.MacOfA, million / 2), (refused, million / 4), (dropped, million / 8), (Segment.MacOfA, million / 8) })
        {
            sent += talker.Flood(Packet.Build(64, 0, source), count);
        }

        Assert.Equal(million, sent);
        Assert.Equal(million, segment.Middle.Count("p1", "rx", "packets"));
        Deadline.Await("every frame is in a count", () => running.Counts is var now && now.FramesIn + now.FramesLost == million);
        Assert.True(running.Enforcer.Stop());

        var counts = running.Counts;
        Assert.Equal(million, counts.FramesForwarded + counts.FramesDenied + counts.FramesDropped + counts.FramesLost);
        Assert.Equal(counts.FramesForwarded, segment.HostB.Count("b0", "rx", "packets"));
        Assert.True(counts is { FramesForwarded: > 0, FramesDenied: > 0, FramesDropped: > 0 });
    }

    [Fact]
    public void Frames_that_are_too_long_for_the_other_side_are_counted_and_the_others_pass()
    {
        using var segment = new Segment();
        segment.HostA.Ip("link", "set", "a0", "mtu", "9000");
        segment.Middle.Ip("link", "set", "p1", "mtu", "9000");
        using var running = new RunningEnforcer(segment.Middle);
        using var listener = new Listener(segment.HostB, "b0");
        using var talker = new Talker(segment.HostA, "a0");

        talker.Send(Packet.Build(64, 1), Packet.Build(4000, 2), Packet.Build(1514, 3));

        Deadline.Await("the short frames", () => listener.Heard.Count == 2);
        Deadline.Await("the counts", () => running.Counts.FramesIn == 3);
        Assert.Equal(1, running.Counts.DroppedByReason[SendStage.SendFailed.Name]);
    }

    [Fact]
    public void A_port_goes_down_and_comes_back_and_so_does_the_traffic()
    {
        using var segment = new Segment();
        segment.AssignAddresses();
        using var running = new RunningEnforcer(segment.Middle);
        Assert.Equal(3, segment.HostA.Ping(Segment.AddressOfB, 3, 2).Count);

        segment.Middle.Ip("link", "set", "p2", "down");
        Deadline.Await("the port is seen down", () => !IsUp(running, "p2"));
        Assert.Empty(segment.HostA.Ping(Segment.AddressOfB, 2, 0.3));
        segment.Middle.Ip("link", "set", "p2", "up");
        Deadline.Await("the port is seen up", () => IsUp(running, "p2"));
        Assert.Equal(3, segment.HostA.Ping(Segment.AddressOfB, 3, 2).Count);

        Assert.Equal(EnforcerState.Running, running.Enforcer.State);
    }

    [Fact]
    public void A_port_that_is_removed_and_made_anew_is_taken_up_again()
    {
        using var segment = new Segment();
        segment.AssignAddresses();
        using var running = new RunningEnforcer(segment.Middle);
        Assert.Equal(3, segment.HostA.Ping(Segment.AddressOfB, 3, 2).Count);

        segment.Middle.Ip("link", "delete", "p1");
        Deadline.Await("the port is seen gone", () => !IsUp(running, "p1"));
        segment.Middle.Connect("p1", segment.HostA, "a0");
        segment.HostA.Ip("address", "add", Segment.AddressOfA + "/24", "dev", "a0");
        Deadline.Await("the port is seen again", () => IsUp(running, "p1"));

        Deadline.Await("ping passes", () => segment.HostA.Ping(Segment.AddressOfB, 1, 1).Count == 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stop_returns_within_500_ms_and_nothing_passes_any_more(bool underLoad)
    {
        using var segment = new Segment();
        using var running = new RunningEnforcer(segment.Middle);
        using var talker = new Talker(segment.HostA, "a0");
        talker.Send(Packet.Build(64));
        Deadline.Await("the enforcer works", () => running.Counts.FramesForwarded == 1);
        bool isLoaded = underLoad;
        var load = new Thread(() =>
        {
            while (Volatile.Read(ref isLoaded))
            {
                talker.Flood(Packet.Build(64), 1000);
            }
        });
        load.Start();

        var watch = Stopwatch.StartNew();
        Assert.True(running.Enforcer.Stop());
        Assert.True(watch.Elapsed < StopTimeout, $"Stop took {watch.ElapsedMilliseconds} ms.");
        long passed = segment.HostB.Count("b0", "rx", "packets");
        Volatile.Write(ref isLoaded, false);
        load.Join();

        talker.Send(Packet.Build(64));
        Deadline.Await("the end of the enforcer", () => running.Enforcer.State == EnforcerState.Stopped);
        Assert.Equal(passed, segment.HostB.Count("b0", "rx", "packets"));
    }

    [Fact]
    public void Two_enforcers_in_one_process_keep_their_segments_apart()
    {
        using var one = new Segment();
        using var other = new Segment();
        one.AssignAddresses();
        other.AssignAddresses();
        using var permissive = new RunningEnforcer(one.Middle);
        using var strict = new RunningEnforcer(other.Middle);
        strict.Add(PolicyAction.Drop, "*");
        strict.AwaitNewestTable();

        Assert.Equal(3, one.HostA.Ping(Segment.AddressOfB, 3, 2).Count);
        Assert.Empty(other.HostA.Ping(Segment.AddressOfB, 2, 0.3));
        Assert.Equal(0, strict.Counts.FramesForwarded);
        Assert.Equal(0, permissive.Counts.FramesDropped);
    }

    [Fact]
    public void If_the_second_interface_does_not_open_the_first_is_left_alone()
    {
        using var segment = new Segment();

        segment.Middle.Run(() => Assert.Throws<Errors.MacSegmentationException>(() => LivePair.Open("p1", "p3")));

        Assert.DoesNotContain("PROMISC", segment.Middle.Ip("-d", "link", "show", "p1"), StringComparison.Ordinal);
        Assert.Contains("promiscuity 0", segment.Middle.Ip("-d", "link", "show", "p1"), StringComparison.Ordinal);
    }

    private static bool IsUp(RunningEnforcer running, string port) =>
        running.Enforcer.GetStatistics().Directions.Single(direction => direction.Port.Equals(port, StringComparison.Ordinal)).IsPortUp;

    /// <summary>Denies the talker in the midst of its traffic, and allows it again afterwards.</summary>
    /// <returns>How long after the change was durable the last frame came through.</returns>
    private static TimeSpan LatenessOfADeny(RunningEnforcer running, Listener listener, Talker talker, int firstNumber)
    {
        long deniedBefore = running.Counts.FramesDenied;
        int heardBefore = listener.Heard.Count;
        long denied = 0;
        MacPolicy? deny = null;
        var watch = Stopwatch.StartNew();
        for (int number = firstNumber; watch.Elapsed < TimeSpan.FromSeconds(1.5); number++)
        {
            talker.Send(Packet.Build(64, number));
            if (deny is null && watch.Elapsed > TimeSpan.FromSeconds(0.5))
            {
                deny = running.Add(PolicyAction.Deny, Segment.MacOfA);
                denied = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
            }

#pragma warning disable RS0030 // The traffic's rate: about a frame each millisecond.
            Thread.Sleep(1);
#pragma warning restore RS0030
        }

        Assert.True(running.Counts.FramesDenied - deniedBefore > 100, "The traffic went on after the change.");
        Assert.True(listener.Heard.Count - heardBefore > 100, "The traffic passed before the change.");
        var late = TimeSpan.FromTicks((listener.Heard.Max(heard => heard.Timestamp) - denied) / 100);
        running.Remove(deny!);
        running.AwaitNewestTable();
        return late;
    }
}
