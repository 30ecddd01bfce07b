using System.Net;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

public class PortGuardTests
{
    private const long Second = 1_000_000_000;

    private static readonly Gen<MacAddress> Macs = Gen.Elements(GuardModel.Own, GuardModel.Own, GuardModel.Virtual, GuardModel.Strange);
    private static readonly Gen<string> IPv4 = Gen.Elements("10.0.0.11", "10.0.0.11", "10.0.0.100", "10.0.0.101", "10.0.0.66", "0.0.0.0");

    private static readonly Gen<string> IPv6 = Gen.Elements(
        "fd00::11", "fd00::11", "fd00::100", "fd00::66", GuardModel.LinkLocal, GuardModel.VirtualLinkLocal, "fe80::66", "::", "::ffff:10.0.0.11");

    private static readonly Gen<SentPart> Parts = Gen.Frequency(
        (6, Gen.Constant(SentPart.Whole)),
        (1, Gen.Elements(SentPart.FirstFragment, SentPart.LaterFragment, SentPart.TinyFragment, SentPart.CutHeader)));

    private static readonly Gen<SentFrame> Arps =
        from mac in Macs
        from operation in Gen.Choose(1, 2)
        from senderMac in Macs
        from sender in IPv4
        select (SentFrame)new SentArp(mac, operation, senderMac, sender);

    private static readonly Gen<SentFrame> Packets =
        from mac in Macs
        from source in Gen.OneOf(IPv4, IPv6)
        from part in Parts
        from sourcePort in Gen.Elements(67, 68, 546, 547, 5000)
        from destinationPort in Gen.Elements(67, 68, 546, 547, 5000)
        from operation in Gen.Choose(1, 2)
        from client in Gen.OneOf(Macs.Select(address => (MacAddress?)address), Gen.Constant((MacAddress?)null))
        from isRelayed in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from type in source.Contains(':') ? Gen.Elements<byte>(1, 128, 130, 131, 132, 143) : Gen.Elements<byte>(0, 5, 8, 9)
        from kind in Gen.Choose(0, 2)
        select (SentFrame)(kind switch
        {
            0 => new SentTcp(mac, source, part),
            1 => new SentUdp(mac, source, part, sourcePort, destinationPort, (byte)operation, client, isRelayed),
            _ => new SentIcmp(mac, source, part, type),
        });

    private static readonly Gen<SentFrame> Memberships =
        from mac in Macs
        from source in IPv4
        from part in Parts
        from type in Gen.Elements<byte>(0x11, 0x12, 0x16, 0x17, 0x22)
        select (SentFrame)new SentIgmp(mac, source, part, type);

    private static readonly Gen<SentFrame> Neighbors =
        from mac in Macs
        from source in IPv6
        from part in Parts
        from type in Gen.Choose(133, 137)
        from target in IPv6
        from option in Gen.OneOf(Macs.Select(address => (MacAddress?)address), Gen.Constant((MacAddress?)null))
        from isMalformed in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (SentFrame)new SentNeighbor(mac, source, part, (byte)type, target, option, isMalformed);

    private static readonly Gen<SentFrame> VirtualRouters =
        from mac in Macs
        from source in Gen.OneOf(IPv4, IPv6)
        from part in Parts
        from hopLimit in Gen.Elements<byte>(255, 255, 255, 254)
        from count in Gen.Choose(0, 3)
        from addresses in Gen.ArrayOf(source.Contains(':') ? IPv6 : IPv4, count)
        select (SentFrame)new SentVrrp(mac, source, part, hopLimit, addresses);

    private static readonly Gen<SentFrame> Others =
        from mac in Macs
        from type in Gen.Elements(0x88CC, 0x8847, 0x26, 0x5FF)
        select (SentFrame)new SentOther(mac, type);

    private static readonly Gen<(MacInterface Record, SentFrame Frame)> Cases =
        from hasAddresses in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        from portSecurity in Gen.Frequency((7, Gen.Constant(true)), (1, Gen.Constant(false)))
        from dhcpGuard in Gen.Elements(true, false)
        from routerGuard in Gen.Elements(true, false)
        from frame in Gen.OneOf(Arps, Packets, Memberships, Neighbors, VirtualRouters, Others)
        from permitted in Gen.Elements<string[]>([], ["0x88cc"], ["Llc"], ["Any"])
        select (GuardModel.Record(hasAddresses, portSecurity, dhcpGuard, routerGuard) with { PermittedEtherType = permitted }, frame);

    private static readonly Arbitrary<(int At, byte Value)[]> Changes = ArbMap.Default.ArbFor<(int At, byte Value)[]>();

    [Fact]
    public void Refuses_what_the_rules_refuse_and_for_that_reason()
    {
        var reasons = new HashSet<VerdictReason?>();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(Cases.ToArbitrary(), example =>
        {
            var expected = new GuardModel(example.Record).Judge(example.Frame);
            reasons.Add(expected);
            Assert.Equal(expected, Judge(new PortGuard(example.Record), example.Frame.Build(), now: 0));
        }));

        // Every rule was met: admitted, and each reason but the limits.
        Assert.Equal(12, reasons.Count);
    }

    [Fact]
    public void Any_octets_are_judged_and_described_without_a_failure() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Cases.ToArbitrary(), Changes, (example, changes) =>
        {
            byte[] frame = example.Frame.Build();
            foreach ((int at, byte value) in changes)
            {
                frame[12 + (int)((uint)at % (frame.Length - 12))] = value;
            }

            var guard = new PortGuard(example.Record);
            for (int length = 14; length <= frame.Length; length++)
            {
                Judge(guard, frame[..length], now: 0);
            }
        }));

    [Fact]
    public void Lets_in_no_more_arp_packets_than_the_limit_whatever_they_say()
    {
        var guard = new PortGuard(GuardModel.Record(hasAddresses: true) with { ArpRateLimit = 3 });
        byte[] good = new SentArp(GuardModel.Own, 1, GuardModel.Own, "10.0.0.11").Build();
        byte[] bad = new SentArp(GuardModel.Own, 1, GuardModel.Own, "10.0.0.66").Build();
        byte[] strange = new SentArp(GuardModel.Strange, 1, GuardModel.Own, "10.0.0.11").Build();

        // Another's frames do not use up the limit.
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal(PortSecurityReasons.SourceMacNotAllowed, Judge(guard, strange, Second)));
        Assert.Equal(
            [null, PortSecurityReasons.ArpSenderNotAllowed, null, PortSecurityReasons.ArpRateLimit, PortSecurityReasons.ArpRateLimit],
            new[] { good, bad, good, bad, good }.Select(frame => Judge(guard, frame, Second)));
        Assert.Null(Judge(guard, new SentTcp(GuardModel.Own, "10.0.0.11", SentPart.Whole).Build(), Second));
        Assert.Null(Judge(guard, good, Second + (Second / 3) + 1));
    }

    [Theory]
    [InlineData("003caaaa030000000800", "10.0.0.66")]
    [InlineData("003caaaa0300000086dd", "fd00::66")]
    [InlineData("8100000005ffaaaa030000000800", "10.0.0.66")]
    [InlineData("003caaaa030000f80800", "10.0.0.66")]
    [InlineData("003caaaa030000f886dd", "fd00::66")]
    [InlineData("9100000a0800", "10.0.0.66")]
    [InlineData("8100000a9200001486dd", "fd00::66")]
    [InlineData("0000aaaa0300000081000000003caaaa030000000800", "10.0.0.66")]
    public void An_LLC_header_hides_nothing(string types, string source)
    {
        byte[] frame = new SentTcp(GuardModel.Own, source, SentPart.Whole).Build();
        byte[] wrapped = [.. frame[..12], .. Convert.FromHexString(types), .. frame[14..]];
        Assert.Equal(PortSecurityReasons.SourceIPNotAllowed, Judge(new PortGuard(GuardModel.Record(hasAddresses: true)), wrapped, 0));
    }

    [Theory]
    [InlineData("3a00050200000000", 0)] // one hop-by-hop header
    [InlineData("3c000502000000003a00010400000000", 0)] // hop-by-hop and destination options
    [InlineData("3a00000000000007", 44)] // an atomic fragment
    public void An_extension_header_hides_no_router_advertisement(string extensions, byte first)
    {
        byte[] frame = new SentNeighbor(GuardModel.Own, GuardModel.LinkLocal, SentPart.Whole, 134, "::", Option: null, IsMalformed: false).Build();
        byte[] payload = [.. Convert.FromHexString(extensions), .. frame[54..70]];
        byte[] hidden = new FrameBuilder(GuardModel.Own, MacAddress.Broadcast).IP(
            IPAddress.Parse(GuardModel.LinkLocal), IPAddress.Parse("ff02::1"), first, payload);
        Assert.Equal(PortSecurityReasons.RouterAdvertisementNotAllowed, Judge(new PortGuard(GuardModel.Record(hasAddresses: true)), hidden, 0));

        // A chain that goes on in the next fragment hides what it is.
        byte[] cut = new FrameBuilder(GuardModel.Own, MacAddress.Broadcast).IP(
            IPAddress.Parse(GuardModel.LinkLocal),
            IPAddress.Parse("ff02::1"),
            44,
            [60, 0, 0, 1, 0, 0, 0, 9, 58, 1, 0, 0, 0, 0, 0, 0]);
        Assert.Equal(PacketReasons.TruncatedHeader, Judge(new PortGuard(GuardModel.Record(hasAddresses: true)), cut, 0));
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        SentFrame[] sent =
        [
            new SentTcp(GuardModel.Own, "10.0.0.11", SentPart.Whole),
            new SentTcp(GuardModel.Virtual, "10.0.0.66", SentPart.Whole),
            new SentArp(GuardModel.Own, 1, GuardModel.Own, "10.0.0.11"),
            new SentNeighbor(GuardModel.Own, "fd00::11", SentPart.Whole, 136, "fd00::11", GuardModel.Own, IsMalformed: false),
            VirtualRouter("10.0.0.100"),
        ];
        byte[][] frames = [.. sent.Select(frame => frame.Build())];
        var guard = new PortGuard(GuardModel.Record(hasAddresses: true) with { ArpRateLimit = 1 });
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            byte[] frame = frames[i % frames.Length];
            FrameHeader.TryRead(frame, 1, out var header);
            PacketHeader.Read(frame, out var packet);
            guard.TryAdmit(header, packet, frame, i, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("003caaaa030000f80806")] // IEEE 802.1H
    [InlineData("9100000a0806")]
    [InlineData("9200000a0806")]
    public void An_ARP_packet_is_held_to_the_record_however_it_is_wrapped(string types)
    {
        byte[] frame = new SentArp(GuardModel.Own, 2, GuardModel.Own, "10.0.0.66").Build();
        byte[] wrapped = [.. frame[..12], .. Convert.FromHexString(types), .. frame[14..]];
        Assert.Equal(PortSecurityReasons.ArpSenderNotAllowed, Judge(new PortGuard(GuardModel.Record(hasAddresses: true)), wrapped, 0));
    }

    [Theory]
    [InlineData(0x8847)] // MPLS
    [InlineData(0x8864)] // PPPoE
    [InlineData(0x88E5)] // MACsec
    [InlineData(0x88E7)] // provider backbone bridges
    [InlineData(0x8035)] // reverse ARP
    [InlineData(0x26)] // an LLC header
    public void What_cannot_be_checked_comes_in_by_permission_only(int type)
    {
        byte[] frame = new SentOther(GuardModel.Own, type).Build();
        var record = GuardModel.Record(hasAddresses: true);
        Assert.Equal(PortSecurityReasons.EtherTypeNotPermitted, Judge(new PortGuard(record), frame, 0));
        foreach (string permitted in new[] { type < 0x600 ? "Llc" : $"0x{type:x4}", "Any" })
        {
            Assert.Null(Judge(new PortGuard(record with { PermittedEtherType = [permitted] }), frame, 0));
        }

        Assert.Equal(PortSecurityReasons.EtherTypeNotPermitted, Judge(new PortGuard(record with { PermittedEtherType = ["0x88cc"] }), frame, 0));
        Assert.Null(Judge(new PortGuard(record with { PortSecurity = false }), frame, 0));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(7)]
    [InlineData(0xFFFF)]
    public void An_ARP_packet_of_any_hardware_type_is_held_to_the_record(int hardwareType)
    {
        byte[] frame = new SentArp(GuardModel.Own, 2, GuardModel.Own, "10.0.0.66").Build();
        (frame[14], frame[15]) = ((byte)(hardwareType >> 8), (byte)hardwareType);
        Assert.Equal(PortSecurityReasons.ArpSenderNotAllowed, Judge(new PortGuard(GuardModel.Record(hasAddresses: true)), frame, 0));
    }

    [Fact]
    public void A_client_asks_for_its_own_hardware_address_only()
    {
        var guard = new PortGuard(GuardModel.Record(hasAddresses: false));
        Assert.Null(Judge(guard, Discover(GuardModel.Own), 0));
        Assert.Equal(PortSecurityReasons.DhcpClientAddressNotAllowed, Judge(guard, Discover(GuardModel.Strange), 0));

        // A server does not look at the source port; and who pretends to be a relay agent meets the guard.
        Assert.Equal(PortSecurityReasons.DhcpClientAddressNotAllowed, Judge(guard, Discover(GuardModel.Strange, sourcePort: 5000), 0));
        Assert.Equal(PortSecurityReasons.DhcpServerNotAllowed, Judge(guard, Discover(GuardModel.Strange, isRelayed: true), 0));
        Assert.Null(Judge(new PortGuard(GuardModel.Record(hasAddresses: false, dhcpGuard: false)), Discover(GuardModel.Strange, isRelayed: true), 0));
    }

    [Fact]
    public void Lets_in_no_more_questions_to_servers_and_routers_than_the_limits()
    {
        var record = GuardModel.Record(hasAddresses: true) with { DhcpRateLimit = 2, RsRateLimit = 1 };
        var guard = new PortGuard(record);
        byte[] six = new SentUdp(GuardModel.Own, GuardModel.LinkLocal, SentPart.Whole, 546, 547, 1).Build();
        byte[] router = new SentNeighbor(GuardModel.Own, "::", SentPart.Whole, 133, "::", Option: null, IsMalformed: false).Build();
        Assert.Equal(
            [null, null, PortSecurityReasons.DhcpRateLimit, PortSecurityReasons.DhcpRateLimit],
            new[] { six, Discover(GuardModel.Own), six, Discover(GuardModel.Own) }.Select(frame => Judge(guard, frame, Second)));
        Assert.Equal([null, PortSecurityReasons.RsRateLimit], new[] { router, router }.Select(frame => Judge(guard, frame, Second)));
        Assert.Null(Judge(guard, new SentUdp(GuardModel.Own, "10.0.0.11", SentPart.Whole, 68, 5000, 1).Build(), Second));
        Assert.Null(Judge(guard, router, (2 * Second) + 1));
        Assert.Equal((15, 15, 15), (new PortGuard(Plain).Record.ArpRateLimit, Plain.DhcpRateLimit, Plain.RsRateLimit));
    }

    private static MacInterface Plain => new() { Name = "web-1", VlanId = 10, MacAddress = GuardModel.Own, InstanceId = "web-1" };

    private static byte[] Discover(MacAddress client, int sourcePort = 68, bool isRelayed = false) =>
        new SentUdp(GuardModel.Own, sourcePort == 68 ? "0.0.0.0" : "10.0.0.11", SentPart.Whole, sourcePort, 67, 1, client, isRelayed).Build();

    [Fact]
    public void Tells_what_was_refused_and_what_is_allowed()
    {
        string may = $"web-1 may use 10.0.0.11, 10.0.0.100 (with {GuardModel.Virtual}), 10.0.0.101";
        Assert.Equal($"source 10.0.0.66 with {GuardModel.Own}; {may}", Describe(new SentTcp(GuardModel.Own, "10.0.0.66", SentPart.Whole)));
        Assert.Equal($"source {GuardModel.Strange}; web-1 may use {GuardModel.Own}, {GuardModel.Virtual}", Describe(new SentOther(GuardModel.Strange)));
        Assert.Equal($"ARP sender 10.0.0.66 with {GuardModel.Own}; {may}", Describe(new SentArp(GuardModel.Own, 2, GuardModel.Own, "10.0.0.66")));
        Assert.Equal($"virtual router 10 with 10.0.0.66; {may}", Describe(VirtualRouter("10.0.0.100", "10.0.0.66")));
        Assert.StartsWith(
            $"neighbour discovery of fd00::66 with {GuardModel.Own}; web-1 may use fd00::11, fd00::100 (with {GuardModel.Virtual}), {GuardModel.LinkLocal}",
            Describe(new SentNeighbor(GuardModel.Own, "fd00::11", SentPart.Whole, 136, "fd00::66", GuardModel.Own, IsMalformed: false)),
            StringComparison.Ordinal);
    }

    private static SentVrrp VirtualRouter(params string[] addresses) => new(GuardModel.Own, "10.0.0.11", SentPart.Whole, 255, addresses);

    private static string Describe(SentFrame sent)
    {
        byte[] frame = sent.Build();
        Assert.True(FrameHeader.TryRead(frame, 1, out var header));
        PacketHeader.Read(frame, out var packet);
        var guard = new PortGuard(GuardModel.Record(hasAddresses: true));
        Assert.False(guard.TryAdmit(header, packet, frame, 0, out var reason));
        return guard.Describe(reason, header, packet, frame);
    }

    private static VerdictReason? Judge(PortGuard guard, byte[] frame, long now)
    {
        Assert.True(FrameHeader.TryRead(frame, 1, out var header) || frame.Length < 60);
        PacketHeader.Read(frame, out var packet);
        if (guard.TryAdmit(header, packet, frame, now, out var reason))
        {
            return null;
        }

        Assert.NotEmpty(guard.Describe(reason, header, packet, frame));
        return reason;
    }
}
