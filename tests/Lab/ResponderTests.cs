using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.Vlans;

namespace MacSegmentation.Lab;

/// <summary>Hosts whose questions for addresses the switch answers.</summary>
public sealed class ResponderTests
{
    private const byte NeighborSolicitation = 135;
    private const byte NeighborAdvertisement = 136;

    [Theory]
    [InlineData("10.0.0.11/24", "10.0.0.12/24")]
    [InlineData("fd00::11/64", "fd00::12/64")]
    public void The_switch_answers_for_a_fixed_address_and_its_host_is_not_asked(string askersAddress, string ownersAddress)
    {
        using var network = new SwitchedNetwork();
        var asker = network.AddHost("asker", askersAddress);
        var owner = network.AddHost("owner", ownersAddress);
        network.Start();
        Assert.All([asker, owner], host => host.AwaitUniqueness());
        using var listener = owner.Listen();

        // Off by default: the host is asked.
        Assert.Equal(3, asker.Ping(owner.Address));
        int asked = Questions(listener, asker);
        Assert.True(asked > 0);
        Assert.Equal(0, network.Statistics(asker).Counts.FramesAnswered);

        TurnOnResponder(network);
        Assert.All([asker, owner], host => host.ForgetNeighbors());
        Assert.Equal(3, asker.Ping(owner.Address));
        Assert.Equal(asked, Questions(listener, asker));
        Assert.True(network.Statistics(asker).Counts.FramesAnswered > 0);
        Assert.Equal((owner.Mac, asker.Mac), (asker.Neighbor(owner.Address), owner.Neighbor(asker.Address)));
    }

    [Theory]
    [InlineData("10.0.0.100", "10.0.0.11/24", "10.0.0.12/24", "10.0.0.13/24")]
    [InlineData("fd00::100", "fd00::11/64", "fd00::12/64", "fd00::13/64")]
    public void The_switch_answers_for_a_shared_address_once_it_knows_who_has_it(
        string shared, string askersAddress, string firstAddress, string secondAddress)
    {
        using var network = new SwitchedNetwork();
        var asker = network.AddHost("asker", askersAddress);
        var first = network.AddHost("first", firstAddress);
        var second = network.AddHost("second", secondAddress);
        network.Change(writer => InterfaceCatalog.AddPair(writer, first.Name, shared, macAddress: null));
        network.Change(writer => InterfaceCatalog.AddPair(writer, second.Name, shared, VirtualRouter.VirtualMac));
        network.Start();
        TurnOnResponder(network);
        Assert.All([asker, first, second], host => host.AwaitUniqueness());
        using var atFirst = first.Listen();
        using var atSecond = second.Listen();
        using var talkerOfFirst = first.Talk();
        using var talkerOfSecond = second.Talk();

        // Nobody is known to have it: all who may are asked.
        asker.Ping(shared, count: 1, waitSeconds: 0.1);
        Deadline.Await("both are asked", () => Questions(atFirst, asker) > 0 && Questions(atSecond, asker) > 0);
        asker.ForgetNeighbors();
        Assert.Equal(0, network.Statistics(asker).Counts.FramesAnswered);
        int asked = Questions(atFirst, asker) + Questions(atSecond, asker);

        talkerOfFirst.Send(Announcement(shared, first.Mac, first.Mac));
        network.AwaitOwner(shared, first);
        AskAnew();
        Assert.Equal(first.Mac, asker.Neighbor(shared));

        talkerOfSecond.Send(Announcement(shared, VirtualRouter.VirtualMac, VirtualRouter.VirtualMac));
        network.AwaitOwner(shared, second);
        AskAnew();
        Assert.Equal(VirtualRouter.VirtualMac, asker.Neighbor(shared));

        Assert.Equal(asked, Questions(atFirst, asker) + Questions(atSecond, asker));
        Assert.True(network.Statistics(asker).Counts.FramesAnswered >= 2);

        void AskAnew()
        {
            asker.ForgetNeighbors();
            asker.Ping(shared, count: 1, waitSeconds: 0.1);
        }
    }

    private static void TurnOnResponder(SwitchedNetwork network)
    {
        network.Change(writer => VlanCatalog.Change(writer, SwitchedNetwork.Vlan, new VlanChange { ArpResponder = true }));
        network.AwaitNewestTable();
    }

    /// <summary>How often a host asked everybody for an address, as a listener heard it.</summary>
    private static int Questions(Listener listener, Host asker) => listener.Heard.Count(heard =>
    {
        FrameHeader.TryRead(heard.Bytes, 1, out var header);
        PacketHeader.Read(heard.Bytes, out var packet);
        bool isQuestion = packet is { Network: NetworkProtocol.Arp, ArpOperation: 1 } or { Network: NetworkProtocol.IPv6, IcmpType: NeighborSolicitation };
        return isQuestion && header.Source == asker.Mac.Value && (header.Destination & 0x0100_0000_0000) != 0;
    });

    /// <summary>What a host says when it begins to use an address (RFC 5227 section 3, RFC 4861 section 7.2.6).</summary>
    private static byte[] Announcement(string address, MacAddress mac, MacAddress from)
    {
        var announced = IPAddress.Parse(address);
        if (announced.GetAddressBytes().Length == 4)
        {
            return new FrameBuilder(from, MacAddress.Broadcast).Arp(1, announced, announced, mac);
        }

        byte[] octets = new byte[6];
        mac.CopyTo(octets);
        return new FrameBuilder(from, MacAddress.Parse("33:33:00:00:00:01")) { HopLimit = 255 }.Icmp(
            announced, IPAddress.Parse("ff02::1"), NeighborAdvertisement, 0, [0x20, 0, 0, 0, .. announced.GetAddressBytes(), 2, 1, .. octets]);
    }
}
