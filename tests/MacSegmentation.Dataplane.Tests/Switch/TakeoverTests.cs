using MacSegmentation.Events;
using MacSegmentation.Ownership;
using MacSegmentation.Pipeline;
using MacSegmentation.PortSecurity;
using MacSegmentation.Ports;
using MacSegmentation.Switch;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>A port that may not hold an address cannot take it, whatever it says.</summary>
public class TakeoverTests
{
    private const string VirtualIPv6 = "fd00::100";

    /// <summary>The addresses of a, alone and shared with b; c has neither, and its port security is off, as others' ports have none.</summary>
    private readonly TestBridge bridge = new(
        Snapshot(
            WithPair(WithPair(Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64"), Shared, Virtual), VirtualIPv6, Virtual),
            WithPair(WithPair(Record("b", 10, MacB, "10.0.0.12/24", "fd00::12/64"), Shared, Virtual), VirtualIPv6, Virtual),
            Record("c", 10, MacC, "10.0.0.13/24", "fd00::13/64") with { PortSecurity = false }),
        [PortOf("a"), PortOf("b"), PortOf("c"), new SwitchPortSettings { Adapter = "access", Vlans = [10] }, new SwitchPortSettings { Adapter = "trunk", Vlans = [10, 20] }, Uplink("up", 10)]);

    /// <summary>What takes an address, in the words that the tests are told by.</summary>
    public static TheoryData<string, string> Claims { get; } = new()
    {
        { "frame", $"{MacA} is an address of a." },
        { "shared frame", $"{Virtual} is an address of a, b." },
        { "arp request", $"{A} with {Stranger} is an address of a." },
        { "arp reply", $"{A} with {Stranger} is an address of a." },
        { "arp with hardware type 6", $"{A} with {Stranger} is an address of a." },
        { "arp with the right address", $"{A} with {MacA} is an address of a." },
        { "announcement", $"{Shared} with {Stranger} is an address of a, b." },
        { "advertisement", $"fd00::11 with {Stranger} is an address of a." },
        { "advertisement without option", $"{VirtualIPv6} with {Stranger} is an address of a, b." },
        { "solicitation", $"fd00::11 with {Stranger} is an address of a." },
        { "vrrp", $"{Shared} with {Stranger} is an address of a, b." },
        { "vrrp among others", $"{Shared} with {Stranger} is an address of a, b." },
    };

    [Theory]
    [MemberData(nameof(Claims))]
    public void A_port_that_may_not_hold_an_address_cannot_take_it(string claim, string told)
    {
        // Who holds the shared addresses has shown so before.
        bridge.Send("p-a", Arp(Virtual, 1, Shared, Shared));
        bridge.Send("p-a", Advertise(Virtual, VirtualIPv6, VirtualIPv6));
        bridge.TakeEvents();
        foreach (string port in new[] { "p-c", "access", "trunk", "up" })
        {
            Assert.Equal("Deny AddressHeldElsewhere", bridge.Send(port, Claim(claim, port is "trunk" or "up" ? 10 : null)));
            var denial = Assert.Single(bridge.TakeEvents(), happened => happened.Kind == EnforcerEventKind.Denial);
            Assert.Equal((port, LearningStage.AddressHeldElsewhere.Name, told), (denial.Port, denial.Reason, denial.Detail));
            Assert.Equal($"{port}: denied {denial.SourceAddress} -> {denial.DestinationAddress} in VLAN 10 (address of an interface that is not behind the port), {denial.FrameLength} bytes. {told}", denial.Message);
        }

        Assert.Equal("Allow DefaultAction: p-a", bridge.Send("p-b", Udp(MacB, MacA, B, A)));
        Assert.Equal("Allow DefaultAction: p-a", bridge.Send("p-b", Udp(MacB, Virtual, B, Shared)));
        Assert.All(bridge.Switch.ListAddressOwners(), owner => Assert.Equal(("a", 0), (owner.Interface, owner.Changes)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(24)]
    public void ARP_of_any_hardware_type_takes_nothing(byte hardwareType)
    {
        byte[] frame = Arp(Stranger, 2, A, B);
        frame[15] = hardwareType;
        Assert.Equal("Deny AddressHeldElsewhere", bridge.Send("access", frame));
    }

    /// <summary>RFC 4861 section 7.1 and RFC 9568 section 7.1: what came over a router, or is damaged, is believed by nobody.</summary>
    [Theory]
    [InlineData("advertisement", 21)] // hop limit
    [InlineData("advertisement", 55)] // code
    [InlineData("advertisement", 56)] // checksum
    [InlineData("vrrp", 22)] // time to live
    [InlineData("vrrp", 40)] // checksum
    public void What_no_host_believes_moves_no_shared_address(string kind, int changed)
    {
        // b is at another switch, behind the uplink: there the shared addresses may be.
        var half = new TestBridge(
            Snapshot(
                WithPair(WithPair(Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64"), Shared), VirtualIPv6),
                WithPair(WithPair(Record("b", 10, MacB, "10.0.0.12/24", "fd00::12/64"), Shared), VirtualIPv6)),
            [PortOf("a"), Uplink("up", 10)]);
        byte[] Message(string mac, string four, string six, int? vlan) => kind is "vrrp" ? Vrrp(mac, four, vlan) : Advertise(mac, six, VirtualIPv6, vlan, option: mac);
        var address = System.Net.IPAddress.Parse(kind is "vrrp" ? Shared : VirtualIPv6);
        half.Send("p-a", Message(MacA, A, "fd00::11", null));
        Assert.Equal("a", Owner()?.Interface);

        byte[] routed = Message(MacB, B, "fd00::12", 10);
        routed[changed + 4] ^= 1;
        half.Send("up", routed);
        Assert.Equal("a", Owner()?.Interface);

        half.Send("up", Message(MacB, B, "fd00::12", 10));
        Assert.Equal("up", Owner()?.Port);

        MacAddressOwner? Owner() => half.Switch.ListAddressOwners().SingleOrDefault(owner => address.Equals(owner.IPAddress));
    }

    /// <summary>Another record's port is held to its own addresses before anything is learned.</summary>
    [Theory]
    [InlineData("frame", nameof(PortSecurityReasons.SourceMacNotAllowed))]
    [InlineData("arp reply of its own", nameof(PortSecurityReasons.ArpSenderNotAllowed))]
    [InlineData("announcement of its own", nameof(PortSecurityReasons.ArpSenderNotAllowed))]
    [InlineData("advertisement of its own", nameof(PacketReasons.NeighborDiscoveryNotAllowed))]
    [InlineData("solicitation of its own", nameof(PortSecurityReasons.SourceIPNotAllowed))]
    [InlineData("vrrp of its own", nameof(PortSecurityReasons.VrrpAddressNotAllowed))]
    public void A_secured_port_of_another_record_cannot_either(string claim, string reason)
    {
        var secured = new TestBridge(
            Snapshot(
                WithPair(Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64"), Shared, Virtual),
                Record("c", 10, MacC, "10.0.0.13/24", "fd00::13/64")),
            [PortOf("a"), PortOf("c")]);
        Assert.Equal($"Deny {reason}", secured.Send("p-c", Claim(claim, vlan: null)));
        Assert.Equal((null, null), (secured.Switch.ListAddressOwners()[0].Port, secured.Switch.ListAddressOwners()[0].Since));
    }

    [Theory]
    [InlineData("two options", nameof(PacketReasons.NeighborDiscoveryNotAllowed))]
    [InlineData("fragment", nameof(PacketReasons.FragmentNotAllowed))]
    public void What_of_neighbour_discovery_cannot_be_read_takes_nothing(string form, string reason)
    {
        byte[] frame = Advertise(Stranger, "fd00::66", "fd00::11", option: Stranger);
        if (form is "two options")
        {
            // Another address in a second option: a host may take either.
            byte[] option = [2, 1, .. Convert.FromHexString(MacA.Replace(":", string.Empty, StringComparison.Ordinal))];
            frame = [.. frame, .. option];
            frame[19] += 8;
        }
        else
        {
            // The first of two fragments (RFC 8200 section 4.5): payload length, next header, and the fragment's own header.
            frame = [.. frame[..18], 0, (byte)(frame[19] + 8), 44, .. frame[21..54], 58, 0, 0, 1, 0, 0, 0, 1, .. frame[54..]];
        }

        Assert.Equal($"Deny {reason}", bridge.Send("access", frame));
    }

    [Fact]
    public void A_record_without_a_port_here_is_held_to_the_uplinks()
    {
        var remote = new TestBridge(
            Snapshot(WithPair(Record("e", 10, MacA, "10.0.0.11/24"), Shared, Virtual), Record("c", 10, MacC, "10.0.0.13/24")),
            [PortOf("c"), new SwitchPortSettings { Adapter = "access", Vlans = [10] }, Uplink("up", 10), Uplink("up-2", 10)],
            new SwitchOptions { FloodUnknownUnicast = true });
        Assert.Equal("Deny AddressHeldElsewhere", remote.Send("access", Udp(MacA, MacC, A, C)));
        Assert.Equal("Deny AddressHeldElsewhere", remote.Send("access", Arp(Stranger, 2, A, C)));
        Assert.Equal("Deny AddressHeldElsewhere", remote.Send("access", Vrrp(Stranger, A)));

        // A port that cannot be where it is need not hear its frames.
        Assert.Equal("Allow DefaultAction: up up-2", remote.Send("p-c", Udp(MacC, MacA, C, A)));
        Assert.Equal("Allow DefaultAction: p-c", remote.Send("up-2", Udp(MacA, MacC, A, C, vlan: 10)));
        Assert.Equal("Allow DefaultAction: up-2", remote.Send("p-c", Udp(MacC, MacA, C, A)));
        Assert.Equal("Allow DefaultAction: p-c access up", remote.Send("up-2", Vrrp(MacA, A, vlan: 10)));
        Assert.Equal("Allow DefaultAction: up-2", remote.Send("p-c", Udp(MacC, Virtual, C, Shared)));
        Assert.Equal("Allow DefaultAction: access up up-2", remote.Send("p-c", Udp(MacC, MacB, C, B)));
    }

    private static byte[] Claim(string claim, int? vlan)
    {
        switch (claim)
        {
            case "frame":
                return Udp(MacA, MacB, A, B, vlan);
            case "shared frame":
                return Udp(Virtual, MacB, Shared, B, vlan);
            case "arp request":
                return Arp(Stranger, 1, A, B, vlan);
            case "arp reply":
                return Arp(Stranger, 2, A, B, vlan, to: MacB);
            case "arp with hardware type 6":
                byte[] frame = Arp(Stranger, 2, A, B, vlan);
                frame[vlan is null ? 15 : 19] = 6;
                return frame;
            case "arp with the right address":
                return Arp(Stranger, 2, A, B, vlan, senderMac: MacA);
            case "announcement":
                return Arp(Stranger, 1, Shared, Shared, vlan);
            case "advertisement":
                return Advertise(Stranger, "fd00::66", "fd00::11", vlan, option: Stranger);
            case "advertisement without option":
                return Advertise(Stranger, VirtualIPv6, VirtualIPv6, vlan);
            case "solicitation":
                return Solicit(Stranger, "fd00::11", "fd00::12", vlan, option: Stranger);
            case "vrrp":
                return Vrrp(Stranger, "10.0.0.66", vlan);
            case "vrrp among others":
                return Vrrp(Stranger, "10.0.0.66", vlan, "10.0.0.200", Shared);
            case "arp reply of its own":
                return Arp(MacC, 2, A, B);
            case "announcement of its own":
                return Arp(MacC, 1, Shared, Shared);
            case "advertisement of its own":
                return Advertise(MacC, "fd00::13", "fd00::11", option: MacC);
            case "solicitation of its own":
                return Solicit(MacC, "fd00::11", "fd00::12", option: MacC);
            default:
                return Vrrp(MacC, C);
        }
    }
}
