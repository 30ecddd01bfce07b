using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Switch;

namespace MacSegmentation.Tracing;

public sealed class ProbeFrameTests
{
    private const string VirtualMac = "00:00:5e:00:01:0a";

    private static readonly ConfigurationSnapshot Snapshot = TestBridge.Snapshot(
        TestBridge.WithPair(TestBridge.Record("web-1", 10, "02:00:00:00:00:11", "10.0.0.11/24", "fd00::11/64"), "10.0.0.100", VirtualMac),
        TestBridge.Record("client", 10, "02:00:00:00:00:21", "10.0.0.21/24", "fd00::21/64"),
        TestBridge.Record("six", 10, "02:00:00:00:00:31", "fd00::31/64"),
        TestBridge.Record("bare", 10, "02:00:00:00:00:41"),
        TestBridge.Record("far", 20, "02:00:00:00:00:51", "10.0.0.11/24"));

    [Fact]
    public void What_is_not_given_follows_from_the_records()
    {
        Assert.Equal("02:00:00:00:00:21 -> 02:00:00:00:00:11 Icmp 10.0.0.21 -> 10.0.0.11", Describe(Client() with { DestinationAddress = Mac("11") }));
        Assert.Equal("02:00:00:00:00:21 -> 02:00:00:00:00:11 Icmp 10.0.0.21 -> 10.0.0.11", Describe(Client() with { DestinationIPAddress = IPAddress.Parse("10.0.0.11") }));
        Assert.Equal($"02:00:00:00:00:21 -> {VirtualMac} Icmp 10.0.0.21 -> 10.0.0.100", Describe(Client() with { DestinationAddress = MacAddress.Parse(VirtualMac) }));
        Assert.Equal($"02:00:00:00:00:21 -> {VirtualMac} Icmp 10.0.0.21 -> 10.0.0.100", Describe(Client() with { DestinationIPAddress = IPAddress.Parse("10.0.0.100") }));
        Assert.Equal("02:00:00:00:00:21 -> 02:00:00:00:00:31 IcmpV6 fd00::21 -> fd00::31", Describe(Client() with { DestinationAddress = Mac("31") }));
        Assert.Equal("02:00:00:00:00:21 -> 02:00:00:00:00:11 IcmpV6 fd00::21 -> fd00::11", Describe(Client() with { DestinationIPAddress = IPAddress.Parse("fd00::11") }));
        Assert.Equal("02:00:00:00:00:21 -> 02:00:00:00:00:11 Tcp 10.0.0.21:49152 -> 10.0.0.11:80", Describe(Client() with { DestinationAddress = Mac("11"), DestinationPort = 80 }));
        Assert.Equal(
            "02:00:00:00:00:99 -> 02:00:00:00:00:11 Udp 10.0.0.9:53 -> 10.0.0.11:5353",
            Describe(Client() with { SourceAddress = Mac("99"), SourceIPAddress = IPAddress.Parse("10.0.0.9"), DestinationAddress = Mac("11"), Protocol = IpProtocol.Udp, SourcePort = 53, DestinationPort = 5353 }));
        Assert.Equal("02:00:00:00:00:21 -> 02:00:00:00:00:11 112 10.0.0.21 -> 10.0.0.11", Describe(Client() with { DestinationAddress = Mac("11"), Protocol = new IpProtocol(112) }));
        Assert.Equal("02:00:00:00:00:41 -> 02:00:00:00:00:11 EtherType 0x88b5", Describe(new ProbeFrame { From = "bare", DestinationAddress = Mac("11") }));
        Assert.Equal("02:00:00:00:00:21 -> ff:ff:ff:ff:ff:ff EtherType 0x88b5", Describe(Client() with { DestinationAddress = MacAddress.Broadcast }));
    }

    [Fact]
    public void What_says_nothing_is_of_a_type_that_the_port_lets_in()
    {
        var snapshot = TestBridge.Snapshot(
            TestBridge.Record("bare", 10, "02:00:00:00:00:41") with { PermittedEtherType = [] },
            TestBridge.Record("six", 10, "02:00:00:00:00:42", "fd00::42/64") with { PermittedEtherType = [] });
        Assert.Equal(0x0800, TypeOf("bare"));
        Assert.Equal(0x86DD, TypeOf("six"));

        int TypeOf(string from)
        {
            byte[] frame = new ProbeFrame { From = from, DestinationAddress = Mac("99") }.Build(snapshot);
            PacketHeader.Read(frame, out var packet);
            Assert.Equal((PacketState.Complete, 253), (packet.State, packet.Protocol));
            return packet.EtherType;
        }
    }

    [Fact]
    public void A_packet_whose_receiver_has_no_known_address_goes_to_all_stations_of_its_family()
    {
        Assert.Equal("02:00:00:00:00:21 -> 02:00:00:00:00:99 Icmp 10.0.0.9 -> 255.255.255.255", Describe(Client() with { DestinationAddress = Mac("99"), SourceIPAddress = IPAddress.Parse("10.0.0.9") }));
        Assert.Equal("02:00:00:00:00:21 -> 02:00:00:00:00:99 IcmpV6 fd00::9 -> ff02::1", Describe(Client() with { DestinationAddress = Mac("99"), SourceIPAddress = IPAddress.Parse("fd00::9") }));
        Assert.Equal("02:00:00:00:00:21 -> 02:00:00:00:00:31 Icmp 10.0.0.9 -> 255.255.255.255", Describe(Client() with { DestinationAddress = Mac("31"), SourceIPAddress = IPAddress.Parse("10.0.0.9") }));
    }

    [Fact]
    public void A_frame_from_an_address_of_a_pair_has_the_pair_s_IP_address()
    {
        var frame = new ProbeFrame { From = "web-1", SourceAddress = MacAddress.Parse(VirtualMac), DestinationAddress = Mac("21") };
        Assert.Equal($"{VirtualMac} -> 02:00:00:00:00:21 Icmp 10.0.0.100 -> 10.0.0.21", Describe(frame));
        Assert.Equal("02:00:00:00:00:99 -> 02:00:00:00:00:21 Icmp 10.0.0.11 -> 10.0.0.21", Describe(frame with { SourceAddress = Mac("99") }));
    }

    [Fact]
    public void A_sender_that_shares_the_destination_IP_address_sends_to_another_who_has_it()
    {
        const string shared = "10.0.0.100";
        var snapshot = TestBridge.Snapshot(
            TestBridge.WithPair(TestBridge.Record("a", 10, "02:00:00:00:00:0a", "10.0.0.1/24"), shared, "02:00:00:00:00:0a"),
            TestBridge.WithPair(TestBridge.Record("b", 10, "02:00:00:00:00:0b", "10.0.0.2/24"), shared, "02:00:00:00:00:0b"),
            TestBridge.WithPair(TestBridge.Record("alone", 20, "02:00:00:00:00:0c", "10.0.0.1/24"), shared, "02:00:00:00:00:0c"));
        string Receiver(string from) => Convert.ToHexString(new ProbeFrame { From = from, DestinationIPAddress = IPAddress.Parse(shared) }.Build(snapshot), 0, 6);

        Assert.Equal("02000000000B", Receiver("a"));
        Assert.Equal("02000000000A", Receiver("b"));
        Assert.Equal("02000000000C", Receiver("alone"));
    }

    [Fact]
    public void A_frame_from_the_uplink_is_in_the_VLAN_of_its_tag()
    {
        var frame = new ProbeFrame { From = "UPLINK", VlanId = 20, SourceAddress = Mac("99"), SourceIPAddress = IPAddress.Parse("10.0.0.9"), DestinationIPAddress = IPAddress.Parse("10.0.0.11") };
        Assert.Equal("02:00:00:00:00:99 -> 02:00:00:00:00:51 Icmp 10.0.0.9 -> 10.0.0.11", Describe(frame));
        Assert.Equal("02:00:00:00:00:99 -> 02:00:00:00:00:11 Icmp 10.0.0.9 -> 10.0.0.11", Describe(frame with { VlanId = 10 }));
        Assert.Equal("02:00:00:00:00:51 -> 02:00:00:00:00:99 EtherType 0x88b5", Describe(new ProbeFrame { From = "uplink", VlanId = 20, SourceAddress = Mac("51"), DestinationAddress = Mac("99") }));
    }

    [Fact]
    public void What_cannot_be_a_frame_is_refused()
    {
        Fails("InterfaceNotFound", new ProbeFrame { From = "nobody", DestinationAddress = Mac("11") });
        Fails("InvalidVlanId", Client() with { VlanId = 4095, DestinationAddress = Mac("11") });
        Fails("SourceAddressMissing", new ProbeFrame { From = "uplink", DestinationAddress = Mac("11") });
        Fails("DestinationAddressMissing", Client());
        Fails("DestinationAddressMissing", Client() with { DestinationIPAddress = IPAddress.Parse("10.0.0.77") });
        Fails("IPAddressMissing", Client() with { DestinationAddress = Mac("99"), Protocol = IpProtocol.Udp });
        Fails("IPAddressMissing", Client() with { DestinationAddress = Mac("99"), DestinationPort = 80 });
        Fails("AddressFamilyMismatch", Client() with { DestinationAddress = Mac("11"), SourceIPAddress = IPAddress.Parse("10.0.0.21"), DestinationIPAddress = IPAddress.Parse("fd00::11") });
        Fails("ProtocolFamilyMismatch", Client() with { DestinationAddress = Mac("11"), Protocol = IpProtocol.IcmpV6 });
        Fails("PortsNeedTcpOrUdp", Client() with { DestinationAddress = Mac("11"), Protocol = IpProtocol.Icmp, SourcePort = 1 });
        Fails("DestinationPortMissing", Client() with { DestinationAddress = Mac("11"), SourcePort = 1 });
    }

    private static ProbeFrame Client() => new() { From = "Client" };

    private static string Describe(ProbeFrame probe)
    {
        byte[] bytes = probe.Build(Snapshot);
        var tests = new List<MacFrameTest>();
        new FrameTracer(Snapshot, DecisionTable.Compile(Snapshot), probe.From, nativeVlan: null, tests.Add).Handle(new Frame(bytes, bytes.Length, default));
        var test = Assert.Single(tests);
        Assert.Equal(probe.VlanId ?? 10, test.VlanId);
        return $"{test.SourceAddress} -> {test.DestinationAddress} {test.Packet}";
    }

    private static void Fails(string errorId, ProbeFrame probe) => Assert.Equal(errorId, Assert.Throws<MacSegmentationException>(() => probe.Build(Snapshot)).ErrorId);

    private static MacAddress Mac(string lastOctet) => MacAddress.Parse($"02:00:00:00:00:{lastOctet}");
}
