using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Isolation;

/// <summary>Instances of different sessions at one switch: a and b in one session, c in another, d at the other side of the uplink, and a record that is no instance.</summary>
public class SessionIsolationTests
{
    private const string MacD = "02:00:00:00:00:0d";
    private const string MacE = "02:00:00:00:00:0e";
    private const string D = "10.0.0.14";
    private const string E = "10.0.0.15";
    private static readonly SwitchPortSettings[] Ports = [PortOf("a"), PortOf("b"), PortOf("c"), PortOf("free"), Uplink("up", 10)];

    [Theory]
    [InlineData(SessionIsolation.Full, SessionIsolation.Full, false)]
    [InlineData(SessionIsolation.Full, SessionIsolation.None, false)]
    [InlineData(SessionIsolation.None, SessionIsolation.Full, false)]
    [InlineData(SessionIsolation.None, SessionIsolation.None, true)]
    public void Instances_of_two_sessions_reach_each_other_if_neither_is_isolated(SessionIsolation one, SessionIsolation other, bool isReached)
    {
        var bridge = new TestBridge(Snapshot(one, other), Ports);
        Assert.Equal(isReached ? "Allow DefaultAction: p-c" : "Deny SessionIsolation", bridge.Send("p-a", Udp(MacA, MacC, A, C)));
        Assert.Equal(isReached ? "Allow DefaultAction: p-a" : "Deny SessionIsolation", bridge.Send("p-c", Udp(MacC, MacA, C, A)));
        Assert.Equal("Allow DefaultAction: p-b", bridge.Send("p-a", Udp(MacA, MacB, A, B)));
    }

    [Fact]
    public void No_policy_lets_an_instance_reach_another_session()
    {
        var allowing = new VlanPolicies(10, PolicyAction.Allow, [new MacPolicy { PolicyId = 1, VlanId = 10, Order = 1, SourceAddress = MacPattern.Any, DestinationAddress = MacPattern.Any, Action = PolicyAction.Allow }]);
        var bridge = new TestBridge(Snapshot() with { Vlans = [allowing] }, Ports);
        Assert.Equal("Deny SessionIsolation", bridge.Send("p-a", Udp(MacA, MacC, A, C)));
        Assert.Equal("Allow Policy: p-b", bridge.Send("p-a", Udp(MacA, MacB, A, B)));
    }

    [Fact]
    public void Each_copy_of_a_broadcast_is_judged()
    {
        var bridge = new TestBridge(Snapshot(), Ports);
        Assert.Equal("Allow DefaultAction: p-b p-free up", bridge.Send("p-a", Arp(MacA, 1, A, "10.0.0.66")));
        Assert.Equal("Allow DefaultAction: p-free up", bridge.Send("p-c", Arp(MacC, 1, C, "10.0.0.66")));
        Assert.Equal("Allow DefaultAction: p-a p-b p-c up", bridge.Send("p-free", Arp(MacE, 1, E, "10.0.0.66")));
        Assert.Equal(1, bridge.Ports[0].FramesRefused);
        Assert.Equal(1, bridge.Ports[2].FramesRefused);
    }

    [Fact]
    public void Uplinks_and_hosts_without_a_session_stay_reachable_and_an_instance_behind_an_uplink_is_one()
    {
        var bridge = new TestBridge(Snapshot(), Ports);
        Assert.Equal("Allow DefaultAction: p-free", bridge.Send("p-a", Udp(MacA, MacE, A, E)));
        Assert.Equal("Allow DefaultAction: p-a", bridge.Send("p-free", Udp(MacE, MacA, E, A)));
        Assert.Equal("Allow DefaultAction: p-a", bridge.Send("up", Udp(Stranger, MacA, "10.0.0.99", A, 10)));
        Assert.Equal("Allow DefaultAction: up", bridge.Send("p-a", Udp(MacA, Stranger, A, "10.0.0.99")));
        Assert.Equal("Allow DefaultAction: p-c", bridge.Send("up", Udp(MacD, MacC, D, C, 10)));
        Assert.Equal("Deny SessionIsolation", bridge.Send("up", Udp(MacD, MacA, D, A, 10)));
        Assert.Equal("Deny SessionIsolation", bridge.Send("p-a", Udp(MacA, MacD, A, D)));
    }

    [Fact]
    public void A_question_for_an_instance_of_another_session_is_not_answered()
    {
        var bridge = new TestBridge(Snapshot(), Ports);
        Assert.Equal("Allow Answered: p-b", bridge.Send("p-b", Arp(MacB, 1, B, A)));
        Assert.Equal("Allow Answered: p-free", bridge.Send("p-free", Arp(MacE, 1, E, A)));
        Assert.Equal("Allow DefaultAction: p-free up", bridge.Send("p-c", Arp(MacC, 1, C, A)));
        Assert.Equal("Allow DefaultAction: p-b p-free up", bridge.Send("p-a", Arp(MacA, 1, A, C)));

        // Without isolation the switch knows again.
        bridge.Use(Snapshot(SessionIsolation.None, SessionIsolation.None));
        Assert.Equal("Allow Answered: p-c", bridge.Send("p-c", Arp(MacC, 1, C, A)));
    }

    [Fact]
    public void A_session_that_changes_is_followed()
    {
        var before = Snapshot();
        var bridge = new TestBridge(before, Ports);
        Assert.Equal("Deny SessionIsolation", bridge.Send("p-a", Udp(MacA, MacC, A, C)));

        bridge.Use(Snapshot(SessionIsolation.None, SessionIsolation.None));
        Assert.Equal("Allow DefaultAction: p-c", bridge.Send("p-a", Udp(MacA, MacC, A, C)));

        bridge.Use(Snapshot(SessionIsolation.None, SessionIsolation.Full));
        Assert.Equal("Deny SessionIsolation", bridge.Send("p-a", Udp(MacA, MacC, A, C)));

        // An instance that ends leaves its record, and one that is launched anew is in the other session.
        bridge.Use(before with { Revision = 4, Interfaces = [before.Interfaces[0] with { Session = null }, .. before.Interfaces.Skip(1)] });
        Assert.Equal("Allow DefaultAction: p-c", bridge.Send("p-a", Udp(MacA, MacC, A, C)));
        bridge.Use(before with { Revision = 5, Interfaces = [before.Interfaces[0] with { Session = "EXAM" }, .. before.Interfaces.Skip(1)] });
        Assert.Equal("Allow DefaultAction: p-c", bridge.Send("p-a", Udp(MacA, MacC, A, C)));
        Assert.Equal("Deny SessionIsolation", bridge.Send("p-a", Udp(MacA, MacB, A, B)));
    }

    private static ConfigurationSnapshot Snapshot(SessionIsolation lab = SessionIsolation.Full, SessionIsolation exam = SessionIsolation.Full)
    {
        MacInterface[] records =
        [
            Record("a", 10, MacA, A + "/24") with { InterfaceId = 1, Session = "lab" },
            Record("b", 10, MacB, B + "/24") with { InterfaceId = 2, Session = "lab" },
            Record("c", 10, MacC, C + "/24") with { InterfaceId = 3, Session = "exam" },
            Record("d", 10, MacD, D + "/24") with { InterfaceId = 4, Session = "exam" },
            Record("free", 10, MacE, E + "/24") with { InterfaceId = 5 },
        ];
        MacSession[] sessions = [new() { Name = "exam", VlanId = 10, Isolation = exam }, new() { Name = "lab", VlanId = 10, Isolation = lab }];
        return new ConfigurationSnapshot(1, [new VlanPolicies(10, PolicyAction.Allow, []) { ArpResponder = true }]) { Interfaces = [.. records] }.With([.. sessions]);
    }
}
