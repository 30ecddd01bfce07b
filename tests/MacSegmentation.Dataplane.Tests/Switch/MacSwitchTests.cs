using MacSegmentation.Addressing;
using MacSegmentation.Ownership;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

public class MacSwitchTests
{
    private static readonly SwitchPortSettings[] ThreePortsAndUplink = [PortOf("a"), PortOf("b"), PortOf("c"), Uplink("up", 10, 20)];

    private readonly TestBridge bridge = new(
        Snapshot(Record("a", 10, MacA, "10.0.0.11/24"), Record("b", 10, MacB, "10.0.0.12/24"), Record("c", 20, MacC, "10.0.0.13/24")), ThreePortsAndUplink);

    [Fact]
    public void A_frame_goes_to_the_port_of_the_record_that_has_its_destination() =>
        Assert.Equal("Allow DefaultAction: p-b", bridge.Send("p-a", Udp(MacA, MacB, A, B)));

    [Fact]
    public void A_group_frame_goes_to_every_port_of_its_vlan_and_never_back() =>
        Assert.Equal("Allow DefaultAction: p-b up", bridge.Send("p-a", Udp(MacA, All, A, "255.255.255.255")));

    [Fact]
    public void Another_vlan_is_out_of_reach() =>
        Assert.Equal("Allow DefaultAction: up", bridge.Send("p-a", Udp(MacA, MacC, A, C)));

    [Fact]
    public void Unknown_unicast_goes_to_uplinks_only_and_to_all_on_request()
    {
        Assert.Equal("Allow DefaultAction: up", bridge.Send("p-a", Udp(MacA, Stranger, A, B)));
        var flooding = new TestBridge(Snapshot(Record("a", 10, MacA), Record("b", 10, MacB), Record("c", 20, MacC)), ThreePortsAndUplink, new SwitchOptions { FloodUnknownUnicast = true });
        Assert.Equal("Allow DefaultAction: p-b up", flooding.Send("p-a", Udp(MacA, Stranger, A, B)));
    }

    [Fact]
    public void A_port_that_came_up_a_short_while_ago_is_sent_unknown_unicast_too()
    {
        SwitchPortSettings[] ports = [PortOf("a"), PortOf("b"), new() { Adapter = "plain", Vlans = [10] }, new() { Adapter = "other", Vlans = [20] }, Uplink("up", 10)];
        var fresh = new TestBridge(Snapshot(Record("a", 10, MacA), Record("b", 10, MacB), Record("far", 10, MacC)), ports, learningPeriod: TimeSpan.FromSeconds(60));
        byte[] unknown = Udp(MacA, Stranger, A, B);

        // Behind a record's port are the record's addresses only, and a record without a port is behind the uplinks.
        Assert.Equal("Allow DefaultAction: plain up", fresh.Send("p-a", unknown));
        Assert.Equal("Allow DefaultAction: up", fresh.Send("p-a", Udp(MacA, MacC, A, C)));
        Assert.Equal("Allow DefaultAction: plain", fresh.Send("up", Udp(MacC, Stranger, C, B, vlan: 10)));
        fresh.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("Allow DefaultAction: up", fresh.Send("p-a", unknown));

        fresh.SetUp("plain", isUp: false);
        fresh.SetUp("plain", isUp: true);
        Assert.Equal("Allow DefaultAction: plain up", fresh.Send("p-a", unknown));
        fresh.Send("plain", Udp(Stranger, MacA, B, A));
        Assert.Equal("Allow DefaultAction: plain", fresh.Send("p-a", unknown));
    }

    [Fact]
    public void A_frame_leaves_an_uplink_tagged_and_an_access_port_untagged()
    {
        Assert.Equal([Udp(MacA, Stranger, A, B, vlan: 10)], bridge.SendAndSee("p-a", Udp(MacA, Stranger, A, B), "up"));
        Assert.Equal([Udp(Stranger, MacA, C, A)], bridge.SendAndSee("up", Udp(Stranger, MacA, C, A, vlan: 10), "p-a"));
    }

    [Fact]
    public void A_tagged_frame_does_not_come_in_by_an_access_port_nor_an_untagged_one_by_a_trunk_without_native_vlan()
    {
        Assert.Equal("Drop VlanNotAllowed", bridge.Send("p-a", Udp(MacA, MacB, A, B, vlan: 10)));
        Assert.Equal("Drop VlanNotAllowed", bridge.Send("up", Udp(Stranger, MacB, A, B)));
        Assert.Equal("Drop VlanNotAllowed", bridge.Send("up", Udp(Stranger, MacB, A, B, vlan: 30)));
    }

    [Fact]
    public void A_station_is_learned_and_forgotten_after_the_ageing_time()
    {
        var two = new TestBridge(Snapshot(Record("a", 10, MacA)), [PortOf("a"), new SwitchPortSettings { Adapter = "plain", Vlans = [10] }, Uplink("up", 10)]);
        Assert.Equal("Allow DefaultAction: up", two.Send("p-a", Udp(MacA, Stranger, A, B)));
        two.Send("plain", Udp(Stranger, MacA, B, A));
        Assert.Equal("Allow DefaultAction: plain", two.Send("p-a", Udp(MacA, Stranger, A, B)));
        two.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal("Allow DefaultAction: plain", two.Send("p-a", Udp(MacA, Stranger, A, B)));
        two.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Allow DefaultAction: up", two.Send("p-a", Udp(MacA, Stranger, A, B)));
    }

    [Fact]
    public void A_record_s_address_cannot_be_taken_by_another_port()
    {
        Assert.Equal("Deny AddressHeldElsewhere", bridge.Send("up", Udp(MacA, MacB, A, B, vlan: 10)));
        Assert.Equal("Deny AddressHeldElsewhere", bridge.Send("up", Arp(Stranger, 2, A, B, vlan: 10)));
        Assert.Equal("Deny SourceMacNotAllowed", bridge.Send("p-b", Udp(MacA, MacB, A, B)));
        Assert.Contains(bridge.TakeEvents(), happened => string.Equals(happened.Reason, LearningStage.AddressHeldElsewhere.Name, StringComparison.Ordinal) && happened.Detail!.Contains("is an address of a.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_shared_address_is_delivered_to_all_that_may_hold_it_until_one_shows_to_and_then_to_that_one()
    {
        var pair = Vrrp();
        Assert.Equal("Allow DefaultAction: p-a p-b", pair.Send("p-c", Udp(MacC, Virtual, C, Shared)));

        Assert.Equal("Allow DefaultAction: p-b p-c up", pair.Send("p-a", Arp(Virtual, 1, Shared, Shared)));
        Assert.Equal("Allow DefaultAction: p-a", pair.Send("p-c", Udp(MacC, Virtual, C, Shared)));
        var owner = Assert.Single(pair.Switch.ListAddressOwners(), one => one.IPAddress is not null);
        Assert.Equal(("a", MacAddress.Parse(Virtual, null), DetectionMethod.Arp, 0), (owner.Interface, owner.MacAddress, owner.DetectedBy, owner.Changes));

        pair.Advance(TimeSpan.FromSeconds(3));
        pair.Send("p-b", Arp(Virtual, 1, Shared, Shared));
        Assert.Equal("Allow DefaultAction: p-b", pair.Send("p-c", Udp(MacC, Virtual, C, Shared)));
        var next = Assert.Single(pair.Switch.ListAddressOwners(), one => one.IPAddress is not null);
        Assert.Equal(("b", "a", owner.Since, 1), (next.Interface, next.PreviousInterface, next.PreviousSince, next.Changes));
        Assert.Equal(TimeSpan.FromSeconds(3), next.Since - owner.Since);

        Assert.Equal("Deny ArpSenderNotAllowed", pair.Send("p-c", Arp(MacC, 1, Shared, Shared)));
        pair.PortDown("p-b");
        Assert.Equal("Allow DefaultAction: p-a p-b", pair.Send("p-c", Udp(MacC, Virtual, C, Shared)));
    }

    [Fact]
    public void Who_has_shown_to_hold_a_pair_s_address_may_send_from_it_with_its_own_mac_address_too()
    {
        var pair = Vrrp();
        byte[] reply = Udp(MacA, MacC, Shared, C);
        Assert.Equal("Deny SourceIPNotAllowed", pair.Send("p-a", reply));
        Assert.Equal("Deny ArpSenderNotAllowed", pair.Send("p-a", Arp(MacA, 2, Shared, C, to: MacC)));

        pair.Send("p-a", Arp(Virtual, 1, Shared, Shared));
        Assert.Equal("Allow DefaultAction: p-c", pair.Send("p-a", reply));
        Assert.Equal("Allow DefaultAction: p-c", pair.Send("p-a", Arp(MacA, 2, Shared, C, to: MacC)));
        Assert.Equal(MacAddress.Parse(Virtual, null), Assert.Single(pair.Switch.ListAddressOwners(), one => one.IPAddress is not null).MacAddress);

        pair.Send("p-b", Arp(Virtual, 1, Shared, Shared));
        Assert.Equal("Deny SourceIPNotAllowed", pair.Send("p-a", reply));
        Assert.Equal("Deny ArpSenderNotAllowed", pair.Send("p-c", Arp(MacC, 2, Shared, A, to: MacA)));
    }

    [Fact]
    public void The_responder_answers_for_fixed_addresses_and_for_shared_ones_whose_holder_is_known()
    {
        var quiet = Vrrp();
        Assert.Equal("Allow DefaultAction: p-a p-b up", quiet.Send("p-c", Arp(MacC, 1, C, A)));

        var pair = Vrrp(responder: true);
        Assert.Equal("Allow Answered: p-c", pair.Send("p-c", Arp(MacC, 1, C, A)));
        Assert.Equal([Arp(MacA, 2, A, C, to: MacC)], pair.SendAndSee("p-c", Arp(MacC, 1, C, A), "p-c"));
        Assert.Equal("Allow DefaultAction: p-a p-b up", pair.Send("p-c", Arp(MacC, 1, C, Shared)));
        pair.Send("p-b", Arp(Virtual, 1, Shared, Shared));
        Assert.Equal([Arp(Virtual, 2, Shared, C, to: MacC)], pair.SendAndSee("p-c", Arp(MacC, 1, C, Shared), "p-c"));
        Assert.Equal(4, pair.Ports[2].FramesSent);
    }

    [Fact]
    public void Policies_decide_before_the_lookup_and_storms_are_limited()
    {
        var limited = new TestBridge(
            Snapshot(Record("a", 10, MacA), Record("b", 10, MacB)) with { Vlans = [new VlanPolicies(10, PolicyAction.Drop, [Policy($"{MacA} * Allow", 1)])] },
            [PortOf("a") with { StormLimit = 3 }, PortOf("b")]);
        Assert.Equal("Drop DefaultAction", limited.Send("p-b", Udp(MacB, MacA, B, A)));
        Assert.Equal(
            ["Allow Policy: p-b", "Allow Policy: p-b", "Allow Policy: p-b", "Deny StormLimit"],
            Enumerable.Range(0, 4).Select(_ => limited.Send("p-a", Udp(MacA, All, A, "255.255.255.255"))));
        limited.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Allow Policy: p-b", limited.Send("p-a", Udp(MacA, All, A, "255.255.255.255")));
    }

    [Fact]
    public void A_removed_record_closes_its_port()
    {
        bridge.Use(Snapshot(Record("b", 10, MacB, "10.0.0.12/24")));
        Assert.Equal("Drop InterfaceRemoved", bridge.Send("p-a", Udp(MacA, MacB, A, B)));
        Assert.Equal("Allow DefaultAction: up", bridge.Send("p-b", Udp(MacB, MacA, B, A)));
    }

    [Fact]
    public void A_port_stays_that_of_its_record_when_it_is_renamed_or_moved()
    {
        var a = Record("a", 10, MacA, "10.0.0.11/24");
        var b = Record("b", 10, MacB, "10.0.0.12/24");
        var pair = new TestBridge(Snapshot(a, b), [PortOf("a"), PortOf("b")]);
        Assert.Equal("Allow DefaultAction: p-b", pair.Send("p-a", Udp(MacA, MacB, A, B)));
        pair.Use(Snapshot(a with { Name = "other" }, b));
        Assert.Equal("Allow DefaultAction: p-b", pair.Send("p-a", Udp(MacA, MacB, A, B)));

        // Two that change their names, over a third in between.
        pair.Use(Snapshot(a with { Name = "b" }, b with { Name = "other" }));
        Assert.Equal("Allow DefaultAction: p-b", pair.Send("p-a", Udp(MacA, MacB, A, B)));
        Assert.Equal("Allow DefaultAction: p-a", pair.Send("p-b", Udp(MacB, MacA, B, A)));

        // Moved with another address: what the machine sends from the old one is refused.
        pair.Use(Snapshot(a with { Name = "b", VlanId = 20, MacAddress = Addressing.MacAddress.Parse(MacC, provider: null) }, b with { Name = "other", VlanId = 20 }));
        Assert.StartsWith("Deny", pair.Send("p-a", Udp(MacA, MacB, A, B)));
        Assert.Equal("Allow DefaultAction: p-b", pair.Send("p-a", Udp(MacC, MacB, A, B)));
    }

    private static TestBridge Vrrp(bool responder = false)
    {
        var snapshot = Snapshot(
            WithPair(Record("a", 10, MacA, "10.0.0.11/24"), "10.0.0.100", Virtual),
            WithPair(Record("b", 10, MacB, "10.0.0.12/24"), "10.0.0.100", Virtual),
            Record("c", 10, MacC, "10.0.0.13/24"));
        return new TestBridge(snapshot with { Vlans = [new VlanPolicies(10, PolicyAction.Allow, []) { ArpResponder = responder }] }, ThreePortsAndUplink);
    }

    private static MacPolicy Policy(string line, int order)
    {
        string[] parts = line.Split(' ');
        return new MacPolicy
        {
            PolicyId = order,
            VlanId = 10,
            Order = order,
            SourceAddress = MacPattern.Parse(parts[0]),
            DestinationAddress = MacPattern.Parse(parts[1]),
            Action = Enum.Parse<PolicyAction>(parts[2]),
        };
    }
}
