using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.Ownership;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>Failover from one owner to the other takes effect with the first frame of the new owner, whatever that is.</summary>
public class FailoverTests
{
    private const string SharedIPv6 = "fd00::100";

    private readonly TestBridge bridge = new(Configuration(Virtual), [PortOf("a"), PortOf("b"), PortOf("c"), Uplink("up", 10)]);

    [Theory]
    [InlineData("frame")]
    [InlineData("announcement")]
    [InlineData("announcement from its own address")]
    [InlineData("arp reply")]
    [InlineData("vrrp")]
    [InlineData("vrrp from its own address")]
    [InlineData("advertisement")]
    [InlineData("advertisement from its own address")]
    public void A_shared_mac_address_follows_its_owner_s_first_frame(string first)
    {
        Assert.Equal("Allow DefaultAction: p-a p-b", bridge.Send("p-c", Udp(MacC, Virtual, C, Shared)));
        foreach (var (port, own, address, other) in new[] { ("p-a", MacA, 1, "p-b"), ("p-b", MacB, 2, "p-a"), ("p-a", MacA, 1, "p-b") })
        {
            bridge.Send(port, First(first, own, $"10.0.0.1{address}", $"fd00::1{address}"));
            Assert.Equal($"Allow DefaultAction: {port}", bridge.Send("p-c", Udp(MacC, Virtual, C, Shared)));
            Assert.Equal($"Allow DefaultAction: {port}", bridge.Send(other, Udp(other is "p-a" ? MacA : MacB, Virtual, other is "p-a" ? A : B, Shared)));
            var owner = Assert.Single(bridge.Switch.ListAddressOwners(), one => one.IPAddress is null && one.MacAddress is not null);
            Assert.Equal(port, owner.Port);
        }
    }

    [Theory]
    [InlineData("announcement from its own address", DetectionMethod.Arp)]
    [InlineData("vrrp from its own address", DetectionMethod.Vrrp)]
    [InlineData("advertisement from its own address", DetectionMethod.NeighborAdvertisement)]
    public void The_owner_of_an_ip_address_is_told_with_its_time_its_predecessor_and_how(string first, DetectionMethod method)
    {
        // The pairs have no MAC address of their own here: each owner uses the address with its own.
        var plain = new TestBridge(Configuration(mac: null), [PortOf("a"), PortOf("b"), PortOf("c"), Uplink("up", 10)]);
        string ip = method == DetectionMethod.NeighborAdvertisement ? SharedIPv6 : Shared;
        Assert.Equal((null, 0), (OwnerOf(plain, ip).Interface, OwnerOf(plain, ip).Changes));
        Assert.Equal(["a", "b"], OwnerOf(plain, ip).Candidate);
        long start = plain.Now;
        plain.Send("p-a", First(first, MacA, A, "fd00::11", MacA));
        plain.Advance(TimeSpan.FromSeconds(2));
        plain.Send("p-a", First(first, MacA, A, "fd00::11", MacA));
        Assert.Equal(("a", Mac(MacA), FrameTime.ToCalendar(start), method, null), (OwnerOf(plain, ip).Interface, OwnerOf(plain, ip).MacAddress, OwnerOf(plain, ip).Since, OwnerOf(plain, ip).DetectedBy, OwnerOf(plain, ip).PreviousInterface));
        plain.Advance(TimeSpan.FromSeconds(2));
        plain.Send("p-b", First(first, MacB, B, "fd00::12", MacB));
        var owner = OwnerOf(plain, ip);
        Assert.Equal(("b", Mac(MacB), "p-b", 1), (owner.Interface, owner.MacAddress, owner.Port, owner.Changes));
        Assert.Equal(("a", "p-a"), (owner.PreviousInterface, owner.PreviousPort));
        Assert.Equal((FrameTime.ToCalendar(start + 4_000_000_000), FrameTime.ToCalendar(start)), (owner.Since, owner.PreviousSince));
        Assert.Equal(
            [$"{ip} with {MacA} in VLAN 10 is held by a (p-a).", $"{ip} with {MacB} in VLAN 10 is held by b (p-b) now, and was by a."],
            plain.TakeEvents().Where(happened => happened.Kind == EnforcerEventKind.AddressOwnerChanged).Select(happened => happened.Message));
    }

    [Fact]
    public void The_ip_addresses_of_a_shared_mac_address_come_along_with_any_frame_from_it()
    {
        bridge.Send("p-a", Arp(Virtual, 1, Shared, Shared));
        bridge.Send("p-a", Advertise(Virtual, SharedIPv6, SharedIPv6, option: Virtual));
        bridge.TakeEvents();
        bridge.Send("p-b", Udp(Virtual, MacC, Shared, C));
        foreach (string ip in new[] { Shared, SharedIPv6 })
        {
            var owner = OwnerOf(bridge, ip);
            Assert.Equal(("b", "p-b", Mac(Virtual), DetectionMethod.Frame, "a", 1), (owner.Interface, owner.Port, owner.MacAddress, owner.DetectedBy, owner.PreviousInterface, owner.Changes));
        }

        // Each is told once, and who names it later is no news.
        bridge.Send("p-b", Arp(Virtual, 1, Shared, Shared));
        Assert.Equal((DetectionMethod.Arp, 1), (OwnerOf(bridge, Shared).DetectedBy, OwnerOf(bridge, Shared).Changes));
        Assert.Equal(3, bridge.TakeEvents().Count(happened => happened.Kind == EnforcerEventKind.AddressOwnerChanged));
    }

    [Fact]
    public void An_ip_address_is_nobody_s_after_its_mac_address_went_to_a_port_that_may_not_have_it()
    {
        var three = new TestBridge(
            Snapshot(
                WithPair(Record("a", 10, MacA, "10.0.0.11/24"), Shared, Virtual),
                WithPair(Record("b", 10, MacB, "10.0.0.12/24"), "10.0.0.101", Virtual),
                Record("c", 10, MacC, "10.0.0.13/24")),
            [PortOf("a"), PortOf("b"), PortOf("c")]);
        three.Send("p-a", Arp(Virtual, 1, Shared, Shared));
        three.Send("p-b", Udp(Virtual, MacC, "10.0.0.101", C));
        Assert.Equal((null, "a"), (OwnerOf(three, Shared).Interface, OwnerOf(three, Shared).PreviousInterface));
    }

    [Fact]
    public void An_owner_whose_port_goes_down_holds_nothing_and_is_remembered_as_the_one_before()
    {
        bridge.Send("p-a", Arp(Virtual, 1, Shared, Shared));
        bridge.PortDown("p-a");
        var nobody = OwnerOf(bridge, Shared);
        Assert.Equal((null, null, null, "a"), (nobody.Interface, nobody.MacAddress, nobody.Since, nobody.PreviousInterface));
        Assert.Equal("Allow DefaultAction: p-a p-b", bridge.Send("p-c", Udp(MacC, Virtual, C, Shared)));

        // The same one again is no change; the other is.
        bridge.Send("p-a", Arp(Virtual, 1, Shared, Shared));
        Assert.Equal(("a", 0), (OwnerOf(bridge, Shared).Interface, OwnerOf(bridge, Shared).Changes));
        bridge.PortDown("p-a");
        bridge.Send("p-b", Arp(Virtual, 1, Shared, Shared));
        Assert.Equal(("b", "a", 1), (OwnerOf(bridge, Shared).Interface, OwnerOf(bridge, Shared).PreviousInterface, OwnerOf(bridge, Shared).Changes));
    }

    [Fact]
    public void An_owner_that_loses_its_pair_holds_nothing_and_one_that_keeps_it_is_not_forgotten()
    {
        bridge.Send("p-a", Arp(Virtual, 1, Shared, Shared));
        var changed = Configuration(Virtual, responder: true);
        bridge.Use(changed with { Interfaces = [.. changed.Interfaces.Select(record => record with { InstanceId = "renamed" })] });
        Assert.Equal("a", OwnerOf(bridge, Shared).Interface);

        var without = changed with { Interfaces = [changed.Interfaces[0] with { AddressPair = [] }, .. changed.Interfaces.Skip(1)] };
        bridge.Use(without);
        Assert.Null(OwnerOf(bridge, Shared).Interface);
        Assert.Equal("Allow DefaultAction: p-b", bridge.Send("p-c", Udp(MacC, Virtual, C, Shared)));
        Assert.Equal("Allow DefaultAction: p-a p-b up", bridge.Send("p-c", Arp(MacC, 1, C, Shared)));
    }

    [Fact]
    public void What_was_learned_behind_a_port_is_forgotten_when_its_record_goes_to_another_vlan()
    {
        var open = Record("c", 10, MacC, "10.0.0.13/24") with { PortSecurity = false };
        var two = new TestBridge(Snapshot(Record("a", 10, MacA, "10.0.0.11/24"), open), [PortOf("a"), PortOf("c"), Uplink("up", 10, 20)]);
        two.Send("p-c", Udp(Stranger, MacA, C, A));
        Assert.Equal("Allow DefaultAction: p-c", two.Send("p-a", Udp(MacA, Stranger, A, C)));
        two.Use(Snapshot(Record("a", 10, MacA, "10.0.0.11/24"), open with { VlanId = 20 }));
        Assert.Equal("Allow DefaultAction: up", two.Send("p-a", Udp(MacA, Stranger, A, C)));
    }

    [Fact]
    public void A_full_port_or_switch_does_not_hold_a_failover_up()
    {
        var small = new TestBridge(
            Configuration(Virtual),
            [PortOf("a") with { AddressLimit = 1 }, PortOf("b"), PortOf("c"), new SwitchPortSettings { Adapter = "access", Vlans = [10] }, Uplink("up", 10)],
            new SwitchOptions { AddressLimit = 1 });
        small.Send("access", Udp(Stranger, MacA, "10.0.0.99", A));
        Assert.Equal("Allow DefaultAction: p-c", small.Send("p-a", Udp(Virtual, MacC, Shared, C)));

        // It could not be learned: all that may hold it get its frames.
        Assert.Equal("Allow DefaultAction: p-a p-b", small.Send("p-c", Udp(MacC, Virtual, C, Shared)));
        Assert.Equal(1, small.Ports[0].FramesNotLearned);
        Assert.Equal("Deny ForwardingTableFull", small.Send("access", Udp("02:00:00:00:00:98", MacA, "10.0.0.98", A)));
    }

    private static ConfigurationSnapshot Configuration(string? mac, bool responder = false)
    {
        var snapshot = Snapshot(
            WithPair(WithPair(Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64"), Shared, mac), SharedIPv6, mac),
            WithPair(WithPair(Record("b", 10, MacB, "10.0.0.12/24", "fd00::12/64"), Shared, mac), SharedIPv6, mac),
            Record("c", 10, MacC, "10.0.0.13/24", "fd00::13/64"));
        return snapshot with { Vlans = [new VlanPolicies(10, PolicyAction.Allow, []) { ArpResponder = responder }] };
    }

    private static MacAddressOwner OwnerOf(TestBridge bridge, string ip) =>
        Assert.Single(bridge.Switch.ListAddressOwners(), owner => string.Equals(owner.IPAddress?.ToString(), ip, StringComparison.Ordinal));

    private static byte[] First(string first, string own, string ip, string ipv6, string mac = Virtual) => first switch
    {
        "frame" => Udp(mac, MacC, Shared, C),
        "announcement" => Arp(mac, 1, Shared, Shared),
        "announcement from its own address" => Arp(own, 1, Shared, Shared, senderMac: mac),
        "arp reply" => Arp(mac, 2, Shared, C, to: MacC),
        "vrrp" => Vrrp(mac, ip),
        "vrrp from its own address" => Vrrp(own, ip),
        "advertisement" => Advertise(mac, SharedIPv6, SharedIPv6, option: mac),
        _ => Advertise(own, ipv6, SharedIPv6, option: mac),
    };
}
