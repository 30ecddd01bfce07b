using MacSegmentation.Events;
using MacSegmentation.Ownership;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>What a port or the switch takes no more of, with its reason; and what they keep to themselves.</summary>
public class LimitTests
{
    private static readonly SwitchPortSettings Access = new() { Adapter = "access", Vlans = [10] };
    private static readonly SwitchPortSettings Other = new() { Adapter = "other", Vlans = [10] };

    [Fact]
    public void A_port_learns_as_many_addresses_as_it_may_and_refuses_more_with_the_reason()
    {
        var bridge = new TestBridge(Snapshot(), [Access with { AddressLimit = 2 }, Other]);
        Assert.Equal(["Drop NoDestination", "Drop NoDestination", "Deny PortAddressLimit"], Enumerable.Range(1, 3).Select(number => bridge.Send("access", FromStation(number))));

        // Those that it knows go on, and so do those of other ports.
        Assert.Equal("Drop NoDestination", bridge.Send("access", FromStation(1)));
        Assert.Equal("Allow DefaultAction: access", bridge.Send("other", Udp(Station(4), Station(1), C, A)));
        var denial = Assert.Single(bridge.TakeEvents());
        Assert.Equal((EnforcerEventKind.Denial, LearningStage.PortAddressLimit.Name, Mac(Station(3))), (denial.Kind, denial.Reason, denial.SourceAddress));
        Assert.Contains("(address limit of the port)", denial.Message, StringComparison.Ordinal);
        Assert.Equal(2, bridge.Ports[0].AddressesLearned);

        bridge.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal("Drop NoDestination", bridge.Send("access", FromStation(3)));
    }

    [Fact]
    public void An_address_that_moves_to_a_full_port_stays_where_it_was()
    {
        var bridge = new TestBridge(Snapshot(), [Access with { AddressLimit = 1 }, Other, Uplink("up", 10)]);
        bridge.Send("access", FromStation(1));
        bridge.Send("other", FromStation(2));
        Assert.Equal("Deny PortAddressLimit", bridge.Send("access", FromStation(2)));
        Assert.Equal("Allow DefaultAction: other", bridge.Send("access", Udp(Station(1), Station(2), A, B)));
    }

    [Fact]
    public void The_switch_learns_as_many_addresses_as_it_may()
    {
        var bridge = new TestBridge(Snapshot(), [Access, Other, Uplink("up", 10)], new SwitchOptions { AddressLimit = 2 });
        Assert.Equal("Allow DefaultAction: up", bridge.Send("access", FromStation(1)));
        Assert.Equal("Allow DefaultAction: up", bridge.Send("other", FromStation(2)));
        Assert.Equal("Deny ForwardingTableFull", bridge.Send("access", FromStation(3)));

        // A move takes no more room, and is no reason to refuse.
        Assert.Equal("Allow DefaultAction: up", bridge.Send("access", FromStation(2)));
        Assert.Contains("(address limit of the switch)", bridge.TakeEvents()[0].Message, StringComparison.Ordinal);
        Assert.Equal(2, bridge.Switch.ListForwardingEntries().Count);
    }

    [Fact]
    public void An_uplink_goes_on_with_addresses_that_it_cannot_learn()
    {
        var bridge = new TestBridge(Snapshot(), [Access, Uplink("up", 10) with { AddressLimit = 1 }, Uplink("up-2", 10)]);
        bridge.Send("up", Udp(Station(1), All, A, "255.255.255.255", vlan: 10));
        bridge.Send("up-2", Udp(Station(2), All, B, "255.255.255.255", vlan: 10));
        Assert.Equal("Allow DefaultAction: up-2", bridge.Send("access", Udp(Station(9), Station(2), C, B)));

        // Station 2 comes behind the uplink that has no room: it is not looked for where it was.
        Assert.Equal("Allow DefaultAction: access up-2", bridge.Send("up", Udp(Station(2), All, B, "255.255.255.255", vlan: 10)));
        Assert.Equal("Allow DefaultAction: up up-2", bridge.Send("access", Udp(Station(9), Station(2), C, B)));
        Assert.Equal((1, 1L), (bridge.Ports[1].AddressesLearned, bridge.Ports[1].FramesNotLearned));
        Assert.Empty(bridge.TakeEvents());
    }

    [Fact]
    public void A_flood_of_sources_by_uplinks_keeps_no_new_station_at_an_access_port_out()
    {
        string[] uplinks = [.. Enumerable.Range(1, 8).Select(number => $"up-{number}")];
        var bridge = new TestBridge(Snapshot(), [Access, Other, .. uplinks.Select(name => Uplink(name, 10))], new SwitchOptions { AddressLimit = 1024 });
        for (int round = 0; round < 2; round++)
        {
            foreach (var (number, uplink) in uplinks.Index())
            {
                for (int i = 0; i < 1024; i++)
                {
                    Assert.StartsWith("Allow ", bridge.Send(uplink, Udp($"02:00:00:1{number}:{i >> 8:x2}:{i & 255:x2}", All, A, "255.255.255.255", vlan: 10)), StringComparison.Ordinal);
                }
            }

            for (int i = 1; i <= 64; i++)
            {
                Assert.StartsWith("Allow ", bridge.Send(i % 2 == 0 ? "access" : "other", FromStation(i)), StringComparison.Ordinal);
            }
        }

        Assert.Equal(64, bridge.Ports[0].AddressesLearned + bridge.Ports[1].AddressesLearned);
        Assert.Empty(bridge.TakeEvents());
    }

    [Fact]
    public void Storms_of_broadcasts_and_of_unknown_unicast_are_limited_together_and_other_frames_are_not()
    {
        var configuration = Snapshot(Record("a", 10, MacA, "10.0.0.11/24")) with { Vlans = [new VlanPolicies(10, PolicyAction.Allow, []) { ArpResponder = true }] };
        var bridge = new TestBridge(configuration, [Access with { StormLimit = 3 }, PortOf("a"), Uplink("up", 10)]);
        byte[] broadcast = Udp(Station(1), All, B, "255.255.255.255");
        byte[] unknown = Udp(Station(1), Station(2), B, C);
        Assert.Equal(
            ["Allow DefaultAction: p-a up", "Allow DefaultAction: up", "Allow DefaultAction: p-a up", "Deny StormLimit", "Deny StormLimit"],
            new[] { broadcast, unknown, broadcast, unknown, broadcast }.Select(frame => bridge.Send("access", frame)));

        // Known unicast, multicast and what the switch answers itself are no storm; another port has a limit of its own.
        Assert.Equal("Allow DefaultAction: p-a", bridge.Send("access", Udp(Station(1), MacA, B, A)));
        Assert.Equal("Allow DefaultAction: p-a up", bridge.Send("access", Udp(Station(1), "01:00:5e:00:00:12", B, "224.0.0.18")));
        Assert.Equal("Allow Answered: access", bridge.Send("access", Arp(Station(1), 1, B, A)));
        Assert.Equal("Allow DefaultAction: access up", bridge.Send("p-a", Udp(MacA, All, A, "255.255.255.255")));

        bridge.Advance(TimeSpan.FromSeconds(1) / 3);
        Assert.Equal("Deny StormLimit", bridge.Send("access", broadcast));
        bridge.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("Allow DefaultAction: up", bridge.Send("access", unknown));
        Assert.Equal("Deny StormLimit", bridge.Send("access", broadcast));
        Assert.Contains("(storm limit of the port)", bridge.TakeEvents()[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01:80:c2:00:00:00", true)]
    [InlineData("01:80:c2:00:00:0e", true)]
    [InlineData("01:80:c2:00:00:0f", true)]
    [InlineData("01:80:c2:00:00:10", false)]
    [InlineData("01:80:c1:ff:ff:ff", false)]
    [InlineData("01:80:c2:00:01:00", false)]
    public void Link_local_control_frames_stay_unless_they_are_asked_for(string destination, bool isControl)
    {
        byte[] frame = Udp(Station(1), destination, A, "224.0.0.18");
        SwitchPortSettings[] ports = [Access, Other, Uplink("up", 10)];
        var bridge = new TestBridge(Snapshot(), ports);
        Assert.Equal(isControl ? "Drop LinkLocalControl" : "Allow DefaultAction: other up", bridge.Send("access", frame));
        Assert.Equal("Allow DefaultAction: other up", new TestBridge(Snapshot(), ports, new SwitchOptions { ForwardLinkLocal = true }).Send("access", frame));

        // What is not let in is not learned from; and it is dropped in silence.
        Assert.Equal(isControl ? 0 : 1, bridge.Switch.ListForwardingEntries().Count);
        Assert.Empty(bridge.TakeEvents());
    }

    private static string Station(int number) => $"02:00:00:00:01:{number:x2}";

    private static byte[] FromStation(int number) => Udp(Station(number), MacC, A, C);
}
