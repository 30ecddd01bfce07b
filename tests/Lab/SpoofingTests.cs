using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Ingress;
using MacSegmentation.Lab.Network;
using MacSegmentation.Pipeline;
using MacSegmentation.PortSecurity;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Lab;

/// <summary>A host that pretends to be another, or what it is not.</summary>
public sealed class SpoofingTests
{
    private const byte NeighborSolicitation = 135;
    private const byte NeighborAdvertisement = 136;
    private const byte RouterAdvertisement = 134;
    private const byte SourceOption = 1;
    private const byte TargetOption = 2;
    private const byte Redirect = 5;
    private const int Request = 1;
    private const int Reply = 2;

    private static readonly IPAddress AllNodes = IPAddress.Parse("ff02::1");
    private static readonly MacAddress AllNodesMac = MacAddress.Parse("33:33:00:00:00:01");

    [Fact]
    public void What_a_spoofing_host_sends_reaches_nobody_and_is_counted_and_its_honest_traffic_passes()
    {
        using var network = new SwitchedNetwork();
        var victim = network.AddHost("victim", "10.0.0.11/24", "fd00::11/64");
        var bystander = network.AddHost("bystander", "10.0.0.12/24", "fd00::12/64");
        var spoofer = network.AddHost("spoofer", "10.0.0.66/24", "fd00::66/64");
        Host[] others = [victim, bystander];
        network.Start();
        Assert.All(others.Append(spoofer), host => host.AwaitUniqueness());
        Assert.All(others, host => Assert.True(bystander == host || host.Ping(bystander.Address) == 3));
        using var atVictim = victim.Listen();
        using var atBystander = bystander.Listen();
        using var talker = spoofer.Talk();
        var lies = Lies(spoofer, victim, bystander);
        var before = Refused(network, spoofer);

        talker.Send([.. lies.Select(lie => lie.Frame)]);
        byte[] honest = new FrameBuilder(spoofer.Mac, MacAddress.Broadcast).Ethernet(0x88b5, [1, 2, 3]);
        talker.Send(honest);

        // Frames of one port keep their order, so what was sent before the honest one would have come before it.
        Assert.All([atVictim, atBystander], listener =>
        {
            Deadline.Await("the honest frame", () => listener.Heard.Any(heard => heard.Bytes.AsSpan().SequenceEqual(honest)));
            Assert.DoesNotContain(listener.Heard, heard => lies.Any(lie => heard.Bytes.AsSpan().SequenceEqual(lie.Frame)));
        });
        var refused = Refused(network, spoofer);
        Assert.Equal(
            lies.CountBy(lie => lie.Reason.Name).OrderBy(count => count.Key, StringComparer.Ordinal),
            refused.Select(count => KeyValuePair.Create(count.Key, (int)(count.Value - before.GetValueOrDefault(count.Key)))).Where(count => count.Value > 0));

        Assert.Equal(victim.Mac, bystander.Neighbor(victim.Address));
        Assert.All(others, host => Assert.Equal((3, 3), (spoofer.Ping(host.Address), spoofer.Ping(host.AddressAt(1)))));
    }

    [Fact]
    public void IPv6_hosts_find_that_their_addresses_are_unique_and_reach_each_other()
    {
        using var network = new SwitchedNetwork();
        var first = network.AddHost("first", "fd00::11/64");
        var second = network.AddHost("second", "fd00::12/64");
        var guest = network.AddHost("guest", MacAddress.Parse("02:00:00:00:00:99"), port => new() { Adapter = port, Vlans = [SwitchedNetwork.Vlan] });
        using var listener = second.Listen();
        network.Start();

        // Before a host uses an address, it asks whether another has it, without an address of its own.
        Assert.All([first, second], host => host.AwaitUniqueness());
        Assert.Contains(listener.Heard, heard => IsQuestionForUniqueness(heard.Bytes, first.Address));
        Assert.Equal((3, 3), (first.Ping(second.Address), second.Ping(first.Address)));
        string linkLocal = LinkLocal(second.Mac).ToString();
        Assert.Equal(3, first.Ping($"{linkLocal}%{Host.Interface}"));
        Assert.Equal((0, 0), (network.Statistics(first).Counts.FramesDenied, network.Statistics(second).Counts.FramesDenied));

        // Who takes another's address is told so by the other.
        guest.Assign(first.Address + "/64");
        Deadline.Await("the duplicate is found", () => guest.Namespace.Ip("-6", "address", "show", "dev", Host.Interface, "dadfailed").Length > 0);
    }

    [Fact]
    public void A_link_local_address_that_does_not_follow_from_the_MAC_address_is_used_once_it_is_unique()
    {
        const string address = "fe80::4c1d:93aa:1:2";
        using var network = new SwitchedNetwork();
        var first = network.AddHost("first", "fd00::11/64");
        var second = network.AddHost("second", "fd00::12/64");
        network.Start();
        Assert.All([first, second], host => host.AwaitUniqueness());
        second.Assign(address + "/64");
        second.AwaitUniqueness();

        Assert.Equal(3, first.Ping($"{address}%{Host.Interface}"));
        Assert.Equal((0, 0), (network.Statistics(first).Counts.FramesDenied, network.Statistics(second).Counts.FramesDenied));

        // Nobody else gets it: whoever asks for it is not let in.
        using var talker = first.Talk();
        talker.Send(new FrameBuilder(first.Mac, AllNodesMac) { HopLimit = 255 }.Icmp(
            IPAddress.IPv6Any, AllNodes, NeighborSolicitation, 0, [0, 0, 0, 0, .. IPAddress.Parse(address).GetAddressBytes()]));
        Deadline.Await("the refusal", () => Refused(network, first).GetValueOrDefault(PacketReasons.NeighborDiscoveryNotAllowed.Name) == 1);
        Assert.Equal(3, first.Ping($"{address}%{Host.Interface}"));
    }

    private static IReadOnlyList<(byte[] Frame, VerdictReason Reason)> Lies(Host spoofer, Host victim, Host bystander)
    {
        var (own, theirs, to) = (IPAddress.Parse(spoofer.Address), IPAddress.Parse(victim.Address), IPAddress.Parse(bystander.Address));
        var (own6, theirs6, to6) = (IPAddress.Parse(spoofer.AddressAt(1)), IPAddress.Parse(victim.AddressAt(1)), IPAddress.Parse(bystander.AddressAt(1)));
        var asVictim = new FrameBuilder(victim.Mac, bystander.Mac);
        var asNobody = new FrameBuilder(MacAddress.Parse("02:00:00:00:0a:77"), bystander.Mac);
        var asSelf = new FrameBuilder(spoofer.Mac, bystander.Mac) { HopLimit = 255 };
        var toAll = new FrameBuilder(spoofer.Mac, MacAddress.Broadcast);
        var toNodes = new FrameBuilder(spoofer.Mac, AllNodesMac) { HopLimit = 255 };
        return
        [
            (asVictim.EchoRequest(theirs, to), PortSecurityReasons.SourceMacNotAllowed),
            (asVictim.Arp(Reply, theirs, to), PortSecurityReasons.SourceMacNotAllowed),
            (asNobody.EchoRequest(own, to), PortSecurityReasons.SourceMacNotAllowed),
            (asNobody.Ethernet(0x88b5), PortSecurityReasons.SourceMacNotAllowed),
            (asSelf.EchoRequest(theirs, to), PortSecurityReasons.SourceIPNotAllowed),
            (asSelf.Tcp(theirs, to, 1025, 80), PortSecurityReasons.SourceIPNotAllowed),
            (asSelf.Udp(IPAddress.Any, to, 68, 53), PortSecurityReasons.SourceIPNotAllowed),
            (asSelf.EchoRequest(theirs6, to6), PortSecurityReasons.SourceIPNotAllowed),
            (asSelf.Arp(Reply, theirs, to), PortSecurityReasons.ArpSenderNotAllowed),
            (asSelf.Arp(Request, theirs, to), PortSecurityReasons.ArpSenderNotAllowed),
            (asSelf.Arp(Reply, own, to, senderMac: victim.Mac), PortSecurityReasons.ArpSenderNotAllowed),
            (toAll.Arp(Request, theirs, theirs), PortSecurityReasons.ArpSenderNotAllowed),
            (asSelf.Icmp(own6, to6, NeighborAdvertisement, 0, Neighbor(theirs6, TargetOption, spoofer.Mac)), PacketReasons.NeighborDiscoveryNotAllowed),
            (toNodes.Icmp(own6, AllNodes, NeighborAdvertisement, 0, Neighbor(theirs6, TargetOption, victim.Mac)), PacketReasons.NeighborDiscoveryNotAllowed),
            (toNodes.Icmp(own6, AllNodes, NeighborSolicitation, 0, Neighbor(to6, SourceOption, victim.Mac)), PacketReasons.NeighborDiscoveryNotAllowed),
            (toNodes.Icmp(IPAddress.IPv6Any, AllNodes, NeighborSolicitation, 0, [0, 0, 0, 0, .. theirs6.GetAddressBytes()]), PacketReasons.NeighborDiscoveryNotAllowed),
            (toAll.Udp(own, IPAddress.Broadcast, 67, 68, Offer()), PortSecurityReasons.DhcpServerNotAllowed),
            (toNodes.Udp(own6, AllNodes, 547, 546, [2, 0, 0, 1]), PortSecurityReasons.DhcpServerNotAllowed),
            (toNodes.Icmp(LinkLocal(spoofer.Mac), AllNodes, RouterAdvertisement, 0, new byte[12]), PortSecurityReasons.RouterAdvertisementNotAllowed),
            (asSelf.Icmp(own, to, Redirect, 1, [.. own.GetAddressBytes(), .. new byte[28]]), PortSecurityReasons.RouterAdvertisementNotAllowed),
            (Wrapped(asSelf.Arp(Reply, theirs, to), "0024aaaa030000f80806"), PortSecurityReasons.ArpSenderNotAllowed),
            (asSelf.Ethernet(0x8864, [0x11, 0, 0, 1, 0, 2, 0, 0x21]), PortSecurityReasons.EtherTypeNotPermitted),
            (asSelf.Ethernet(0x8847, [0, 0, 1, 0xFF]), PortSecurityReasons.EtherTypeNotPermitted),
            (toAll.Udp(IPAddress.Any, IPAddress.Broadcast, 68, 67, [1, 1, 6, 0, .. new byte[24], .. Convert.FromHexString(victim.Mac.ToString("N")), .. new byte[10]]), PortSecurityReasons.DhcpClientAddressNotAllowed),
            (new FrameBuilder(spoofer.Mac, AllNodesMac).Icmp(own6, AllNodes, NeighborAdvertisement, 0, Neighbor(own6, TargetOption, spoofer.Mac)), PacketReasons.NeighborDiscoveryNotAllowed),
            (new FrameBuilder(spoofer.Mac, bystander.Mac, SwitchedNetwork.Vlan + 1).EchoRequest(own, to), ReceiveStage.VlanNotAllowed),
        ];
    }

    /// <summary>The frame with another type, or more, in the place of its type.</summary>
    private static byte[] Wrapped(byte[] frame, string types) => [.. frame[..12], .. Convert.FromHexString(types), .. frame[14..]];

    private static SortedDictionary<string, long> Refused(SwitchedNetwork network, Host host)
    {
        var counts = network.Statistics(host).Counts;
        return new SortedDictionary<string, long>(counts.DeniedByReason.Concat(counts.DroppedByReason).ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>The body of a solicitation or advertisement, with a link-layer address as its option (RFC 4861 sections 4.3, 4.4 and 4.6.1).</summary>
    private static byte[] Neighbor(IPAddress target, byte option, MacAddress address)
    {
        const byte overriding = 0x20;
        byte[] octets = new byte[6];
        address.CopyTo(octets);
        return [overriding, 0, 0, 0, .. target.GetAddressBytes(), option, 1, .. octets];
    }

    /// <summary>A reply of a DHCP server, as far as its fixed part goes (RFC 2131 section 2).</summary>
    private static byte[] Offer() => [2, 1, 6, 0, .. new byte[236]];

    /// <summary>The address that a host makes of its hardware address (RFC 4291 appendix A).</summary>
    private static IPAddress LinkLocal(MacAddress mac)
    {
        byte[] octets = new byte[6];
        mac.CopyTo(octets);
        return new IPAddress([0xfe, 0x80, 0, 0, 0, 0, 0, 0, (byte)(octets[0] ^ 2), octets[1], octets[2], 0xff, 0xfe, octets[3], octets[4], octets[5]]);
    }

    private static bool IsQuestionForUniqueness(byte[] frame, string address)
    {
        PacketHeader.Read(frame, out var packet);
        return packet is { Network: NetworkProtocol.IPv6, IcmpType: NeighborSolicitation }
            && packet.Source == UInt128.Zero
            && frame.AsSpan(packet.TransportOffset + 8, 16).SequenceEqual(IPAddress.Parse(address).GetAddressBytes());
    }
}
