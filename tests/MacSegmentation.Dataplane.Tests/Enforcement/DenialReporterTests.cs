using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Enforcement;

public class DenialReporterTests
{
    private const long Second = 1_000_000_000;

    private static readonly DecisionTable Table = Tables.Compile(
        1,
        (10, PolicyAction.Deny, ["02:00:00:00:00:01 * Deny", "02:00:00:00:00:02 * Deny", "02:00:00:00:00:03 * Drop"]),
        (20, PolicyAction.Deny, []));

    [Fact]
    public async Task A_denial_tells_all_about_its_frame()
    {
        var events = await Run(limit: 1, (20, 5, (7 * Second) + 250_000_000));
        var denial = Assert.Single(events);
        Assert.Equal(
            (EnforcerEventKind.Denial, "in", 20, new MacAddress(0x0200_0000_0005), new MacAddress(0xFFFF_FFFF_FFFF), VerdictReason.DefaultAction.Name, 64),
            (denial.Kind, denial.Port, denial.VlanId, denial.SourceAddress, denial.DestinationAddress, denial.Reason, denial.FrameLength));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(7.25), denial.Time);
        Assert.Null(denial.Policy);
        Assert.Equal("in: denied 02:00:00:00:00:05 -> ff:ff:ff:ff:ff:ff in VLAN 20 (default action), 64 bytes.", denial.Message);
    }

    [Fact]
    public async Task Each_policy_tells_of_a_few_a_second_and_then_of_the_number_of_the_others()
    {
        var frames = Enumerable.Repeat((Vlan: 10, Station: 1, Time: 5 * Second), 9)
            .Append((10, 2, 5 * Second))
            .Append((10, 3, 5 * Second))
            .Append((10, 1, (6 * Second) + 1));
        var events = await Run(limit: 2, [.. frames]);
        Assert.Equal(
            [(1L, 0L), (1L, 0L), (2L, 0L), (1L, 7L), (1L, 0L)],
            events.Select(happened => ((happened.Policy?.PolicyId ?? 0) % 1000, happened.SuppressedCount ?? 0)));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(6), events[3].Time);
    }

    [Fact]
    public async Task A_frame_slightly_out_of_order_does_not_open_the_past_second_again()
    {
        var events = await Run(limit: 1, (10, 1, 5 * Second), (10, 1, 6 * Second), (10, 1, (6 * Second) - 1), (10, 1, 6 * Second));
        Assert.Equal([0L, 0L, 2L], events.Select(happened => happened.SuppressedCount ?? 0));
    }

    [Fact]
    public void Every_denied_frame_is_told_of_exactly_once_alone_or_in_a_number()
    {
        var frames =
            from vlan in Gen.Elements(10, 20, 30)
            from station in Gen.Choose(1, 4)
            from time in Gen.Choose(0, 5)
            select (vlan, station, time * Second / 2);
        Prop.ForAll(frames.ListOf().ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (list, limit) =>
        {
            var events = Run(limit, [.. list]).GetAwaiter().GetResult();
            int denied = list.Count(frame => frame.vlan == 20 || (frame.vlan == 10 && frame.station != 3));
            Assert.Equal(denied, events.Sum(happened => happened.SuppressedCount ?? 1));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task On_a_wire_the_second_ends_also_when_no_more_frame_comes()
    {
        var clock = new ManualClock();
        var source = new MemorySource("in");
        using var enforcer = new PolicyEnforcer(
            Table, [new EnforcerRoute(source, new MemorySink("out"))], new EnforcerOptions { TimeProvider = clock, DenialEventsPerSecond = 1 });
        enforcer.Start();
        for (int i = 0; i < 3; i++)
        {
            source.Add(TestFrame.Build(1, 2, 20), timestamp: clock.Nanoseconds);
        }

        await Await.Until(() => enforcer.GetStatistics().Total.FramesDenied == 3, "the denials");
        clock.Advance(TimeSpan.FromSeconds(1));
        var reader = enforcer.Events.Reader;
        var first = await reader.ReadAsync(TestContext.Current.CancellationToken);
        var second = await reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Await.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal((null, 2L), (first.SuppressedCount, second.SuppressedCount));
        Assert.Equal("in: 2 more frames denied in VLAN 20 (default action).", second.Message);
        enforcer.Stop();
    }

    [Fact]
    public async Task Without_a_reader_events_are_lost_and_counted_and_frames_flow_on()
    {
        var source = new MemorySource("in");
        using var enforcer = new PolicyEnforcer(
            Table, [new EnforcerRoute(source, new MemorySink("out")) { IsCapture = true }], new EnforcerOptions { EventCapacity = 8, DenialEventsPerSecond = 1 });
        for (int i = 0; i < 100; i++)
        {
            source.Add(TestFrame.Build(1, 2, 20), timestamp: 2 * i * Second);
        }

        source.End();
        enforcer.Start();
        await Await.End(enforcer);

        // One port's share of 8 is 6.
        Assert.Equal((100L, 94L), (enforcer.GetStatistics().Total.FramesDenied, enforcer.GetStatistics().EventsLost));
        Assert.Equal(6, Await.Drain(enforcer).Count);
    }

    [Fact]
    public async Task More_policies_than_are_told_apart_are_one_number()
    {
        const int Policies = 3000;
        var table = Tables.Compile(1, (10, PolicyAction.Allow, [.. Enumerable.Range(0, Policies).Select(number => $"{new MacAddress((ulong)number)} * Deny")]));
        var source = new MemorySource("in");
        for (int i = 0; i < Policies; i++)
        {
            source.Add(TestFrame.Build(1, (ulong)i, 10));
        }

        source.End();
        using var enforcer = new PolicyEnforcer(table, [new EnforcerRoute(source, new MemorySink("out")) { IsCapture = true }]);
        enforcer.Start();
        await Await.End(enforcer);
        var events = Await.Drain(enforcer);
        Assert.Equal(Policies, events.Sum(happened => happened.SuppressedCount ?? 1));
        Assert.Null(events[^1].Policy);
        Assert.True(events.Count < Policies / 2);
    }

    private static async Task<List<MacEnforcerEvent>> Run(int limit, params (int Vlan, int Station, long Time)[] frames)
    {
        var source = new MemorySource("in");
        foreach ((int vlan, int station, long time) in frames)
        {
            source.Add(TestFrame.Build(0xFFFF_FFFF_FFFF, 0x0200_0000_0000 + (ulong)station, vlan), timestamp: time);
        }

        source.End();
        using var enforcer = new PolicyEnforcer(
            Table, [new EnforcerRoute(source, new MemorySink("out")) { IsCapture = true }], new EnforcerOptions { DenialEventsPerSecond = limit });
        enforcer.Start();
        await Await.End(enforcer);
        return Await.Drain(enforcer);
    }
}
