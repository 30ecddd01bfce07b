using MacSegmentation.Ports;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>Link-local addresses that do not follow from a MAC address (RFC 7217): the first who shows one has it.</summary>
public class LinkLocalTests
{
    private const string Private = "fe80::4c1d:93aa:1:2";
    private const string Routers = "fe80::1";
    private const string OfB = "fe80::ff:fe00:b";

    private readonly TestBridge bridge = new(
        Snapshot(
            Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64"),
            Record("b", 10, MacB, "10.0.0.12/24", "fd00::12/64"),
            Record("c", 10, MacC, "10.0.0.13/24") with { PortSecurity = false }),
        [PortOf("a"), PortOf("b"), PortOf("c"), Uplink("up", 10)]);

    [Fact]
    public void An_address_is_used_once_its_machine_has_detected_that_it_is_free()
    {
        Assert.Equal("Deny SourceIPNotAllowed", bridge.Send("p-a", Packet(MacA, Private)));
        Assert.StartsWith("Allow", bridge.Send("p-a", Solicit(MacA, "::", Private)));
        Assert.StartsWith("Allow", bridge.Send("p-a", Packet(MacA, Private)));
        Assert.StartsWith("Allow", bridge.Send("p-a", Advertise(MacA, Private, Private, option: MacA)));

        // It stays through a change of the record, and goes with the port.
        bridge.Use(Snapshot(Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64") with { ArpRateLimit = 7 }, Record("b", 10, MacB, "10.0.0.12/24")));
        Assert.StartsWith("Allow", bridge.Send("p-a", Packet(MacA, Private)));
        bridge.PortDown("p-a");
        Assert.Equal("Deny SourceIPNotAllowed", bridge.Send("p-a", Packet(MacA, Private)));
    }

    [Fact]
    public void An_address_is_never_somebody_else_s()
    {
        bridge.Send("p-a", Solicit(MacA, "::", Private));
        Assert.Equal("Deny NeighborDiscoveryNotAllowed", bridge.Send("p-b", Solicit(MacB, "::", Private)));
        Assert.Equal("Deny NeighborDiscoveryNotAllowed", bridge.Send("p-b", Advertise(MacB, "fd00::12", Private, option: MacB)));
        Assert.Equal("Deny SourceIPNotAllowed", bridge.Send("p-b", Solicit(MacB, Private, "fd00::11", option: MacB)));
        Assert.Equal("Deny SourceIPNotAllowed", bridge.Send("p-b", Packet(MacB, Private)));

        // What follows from another record's MAC address is that record's, before it has said anything.
        Assert.Equal("Deny NeighborDiscoveryNotAllowed", bridge.Send("p-a", Solicit(MacA, "::", OfB)));
        Assert.StartsWith("Allow", bridge.Send("p-b", Packet(MacB, OfB)));

        // So is what a record has as a pair, and what a station elsewhere uses: a router's.
        bridge.Send("up", Solicit(Stranger, Routers, "fd00::11", vlan: 10, option: Stranger));
        Assert.Equal("Deny NeighborDiscoveryNotAllowed", bridge.Send("p-a", Solicit(MacA, "::", Routers)));
        bridge.Use(Snapshot(
            Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64"),
            WithPair(Record("b", 10, MacB, "10.0.0.12/24", "fd00::12/64"), Private)));
        Assert.Equal("Deny SourceIPNotAllowed", bridge.Send("p-a", Packet(MacA, Private)));
        Assert.StartsWith("Allow", bridge.Send("p-b", Packet(MacB, Private)));
    }

    [Fact]
    public void Who_is_not_held_to_a_record_takes_nothing_from_who_is()
    {
        bridge.Send("p-a", Solicit(MacA, "::", Private));
        bridge.Send("up", Solicit(MacA, Private, "fd00::11", vlan: 10, option: MacA));
        bridge.Send("p-c", Solicit(MacC, "::", Private));
        Assert.StartsWith("Allow", bridge.Send("p-a", Packet(MacA, Private)));

        // A machine that comes from behind the uplink brings its address along.
        bridge.Send("up", Solicit(MacB, "fe80::b:1", "fd00::11", vlan: 10, option: MacB));
        Assert.StartsWith("Allow", bridge.Send("p-b", Solicit(MacB, "::", "fe80::b:1")));
        Assert.StartsWith("Allow", bridge.Send("p-b", Packet(MacB, "fe80::b:1")));
    }

    [Fact]
    public void A_port_has_so_many_and_gives_up_the_oldest()
    {
        for (int i = 0; i < 40; i++)
        {
            Assert.StartsWith("Allow", bridge.Send("p-a", Solicit(MacA, "::", $"fe80::a:{i:x}")));
        }

        Assert.Equal(16, Enumerable.Range(0, 40).Count(i => bridge.Send("p-a", Packet(MacA, $"fe80::a:{i:x}")).StartsWith("Allow", StringComparison.Ordinal)));
        Assert.StartsWith("Allow", bridge.Send("p-a", Packet(MacA, "fe80::a:27")));
        Assert.StartsWith("Allow", bridge.Send("p-b", Solicit(MacB, "::", "fe80::a:0")));
    }

    [Fact]
    public void The_refusal_names_the_way()
    {
        bridge.Send("p-a", Packet(MacA, Private));
        var denial = Assert.Single(bridge.TakeEvents());
        Assert.Contains($"duplicate address detection; or give the interface an address pair: Add-MacAddressPair a {Private}", denial.Detail, StringComparison.Ordinal);
    }

    private static byte[] Packet(string mac, string from) => Udp(mac, MacC, from, "fe80::ff:fe00:c");
}
