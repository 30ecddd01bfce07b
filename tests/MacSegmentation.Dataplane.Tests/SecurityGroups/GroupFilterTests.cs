using System.Buffers.Binary;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Allocations;
using MacSegmentation.Frames;
using static MacSegmentation.Pipeline.PacketReasons;
using static MacSegmentation.SecurityGroups.SecurityGroupStage;
using static MacSegmentation.SecurityGroups.FilterHarness;

namespace MacSegmentation.SecurityGroups;

/// <summary>What groups admit, and what always passes.</summary>
public class GroupFilterTests
{
    private const string WebAddress = "10.0.0.1";
    private const string ClientAddress = "10.0.0.2";
    private static readonly TestPacket Request = TestPacket.OfTcp(ClientAddress, 4000, WebAddress, 80);

    [Fact]
    public void A_port_without_groups_is_not_restricted()
    {
        var filter = new FilterHarness(Group("web"));
        Assert.Null(filter.Judge(PortGroups.Unrestricted, filter.Client, Request.Frame()));
        Assert.Null(filter.Judge(PortGroups.Unrestricted, filter.Client, (Request with { IsCut = true }).Frame()));
        Assert.Equal(0, filter.Filter.FlowCount);
    }

    [Fact]
    public void A_member_admits_what_a_rule_admits_and_its_answer_passes()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp, 80)));
        Assert.Null(filter.ToWeb(Request));
        Assert.Equal(NotAdmitted, filter.ToWeb(Request with { DestinationPort = 81 }));
        Assert.Equal(NotAdmitted, filter.ToWeb(Request with { Protocol = TestPacket.Udp }));
        Assert.Null(filter.FromWeb(Request.Answer()));
    }

    [Fact]
    public void Without_outbound_rules_all_may_go_out_and_answers_come_back()
    {
        var filter = new FilterHarness(Group("web"));
        var question = TestPacket.OfUdp(WebAddress, 5000, ClientAddress, 53);
        Assert.Equal(NotAdmitted, filter.ToWeb(question.Answer()));
        Assert.Null(filter.FromWeb(question));
        Assert.Null(filter.ToWeb(question.Answer()));
        Assert.Equal(NotAdmitted, filter.ToWeb(question.Answer() with { SourcePort = 54 }));
        Assert.Equal(NotAdmitted, filter.ToWeb(question.Answer(), vlanId: 20));
    }

    [Fact]
    public void With_an_outbound_rule_only_that_may_go_out()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp, 80), Outbound(IpProtocol.Udp, 53)));
        var question = TestPacket.OfUdp(WebAddress, 5000, ClientAddress, 53);
        Assert.Null(filter.FromWeb(question));
        Assert.Null(filter.ToWeb(question.Answer()));
        Assert.Equal(NotAdmitted, filter.FromWeb(question with { DestinationPort = 54 }));

        // What came in by a rule goes out by its flow.
        Assert.Equal(NotAdmitted, filter.FromWeb(Request.Answer()));
        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer()));
    }

    [Fact]
    public void Both_ends_must_admit_a_packet_and_neither_remembers_what_the_other_refuses()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp, 80)), Group("other", Outbound(IpProtocol.Tcp, 81)));
        Assert.Equal(NotAdmitted, filter.ToWeb(Request));
        Assert.Equal(NotAdmitted, filter.ToWeb(Request with { DestinationPort = 81 }));
        Assert.Equal(0, filter.Filter.FlowCount);
        filter.Change(Group("web", Inbound(IpProtocol.Tcp, 80)), Group("other", Outbound(IpProtocol.Tcp, 80)));
        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer()));
        Assert.Equal(2, filter.Filter.FlowCount);
    }

    [Fact]
    public void A_flow_that_one_port_admitted_opens_no_other_port_that_gets_the_same_frame()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp, 80)), Group("other"));
        byte[] frame = Request.Frame();
        Assert.Null(filter.Judge(PortGroups.Unrestricted, filter.Web, frame));
        Assert.Equal(NotAdmitted, filter.Judge(PortGroups.Unrestricted, filter.Client, frame));
        Assert.Null(filter.Judge(PortGroups.Unrestricted, filter.Web, frame));
    }

    [Fact]
    public void An_answer_may_come_by_another_port_than_the_question_went()
    {
        var filter = new FilterHarness(Group("web"), Group("other"));
        var question = TestPacket.OfUdp(WebAddress, 5000, "192.0.2.1", 53);
        Assert.Null(filter.Judge(filter.Web, PortGroups.Unrestricted, question.Frame()));
        Assert.Null(filter.Judge(filter.Client, filter.Web, question.Answer().Frame()));
    }

    [Fact]
    public void The_answer_to_what_a_stateless_group_admits_needs_a_rule()
    {
        var stateless = Group("web", Inbound(IpProtocol.Tcp, 80), Outbound(IpProtocol.Tcp, 9)) with { IsStateless = true };
        var filter = new FilterHarness(stateless);
        Assert.Null(filter.ToWeb(Request));
        Assert.Equal(NotAdmitted, filter.FromWeb(Request.Answer()));
        Assert.Equal(0, filter.Filter.FlowCount);

        filter.Change(stateless with { Rule = [Inbound(IpProtocol.Tcp, 80)] });
        Assert.Null(filter.FromWeb(Request.Answer()));
        Assert.Null(filter.FromWeb(Request with { Source = Request.Destination, Destination = Request.Source, DestinationPort = 5 }));
        Assert.Equal(NotAdmitted, filter.ToWeb(Request with { SourcePort = 5, DestinationPort = 4000 }));
    }

    [Fact]
    public void What_can_begin_no_flow_passes_by_a_stateless_rule_only()
    {
        var reset = Request with { Flags = TestPacket.Rst };
        var reply = TestPacket.OfEcho(WebAddress, ClientAddress, 1).Answer();
        var error = TestPacket.OfTcp(WebAddress, 80, ClientAddress, 4000).Error("10.0.0.9");
        var group = Group("web", Inbound(IpProtocol.Any));
        var filter = new FilterHarness(group);
        Assert.All([reset, reply, error], packet => Assert.Equal(NotAdmitted, filter.ToWeb(packet)));
        filter.Change(group with { IsStateless = true });
        Assert.All([reset, reply, error], packet => Assert.Null(filter.ToWeb(packet)));
    }

    [Fact]
    public void Arp_neighbours_listeners_and_DHCP_always_pass()
    {
        var closed = Group("web", Outbound(IpProtocol.Tcp, 9));
        var filter = new FilterHarness(closed);
        var builder = new FrameBuilder(new MacAddress(2), new MacAddress(4));
        byte[][] frames =
        [
            builder.Arp(1, IPAddress.Parse(ClientAddress), IPAddress.Parse(WebAddress)),
            TestPacket.OfUdp("0.0.0.0", 68, "255.255.255.255", 67).Frame(),
            TestPacket.OfUdp("10.0.0.3", 67, WebAddress, 68).Frame(),
            TestPacket.OfUdp("fe80::1", 546, "ff02::1:2", 547).Frame(),
            TestPacket.OfUdp("fe80::2", 547, "fe80::1", 546).Frame(),
            .. new byte[] { 130, 131, 132, 133, 134, 135, 136, 137, 143 }.Select(type => Neighbor(type).Frame()),
        ];
        Assert.All(frames, frame => Assert.Null(filter.Judge(filter.Client, filter.Web, frame)));
        Assert.All(frames, frame => Assert.Null(filter.Judge(filter.Web, filter.Client, frame)));
        Assert.Equal(0, filter.Filter.FlowCount);

        byte[][] others =
        [
            TestPacket.OfUdp("10.0.0.3", 68, WebAddress, 68).Frame(),
            TestPacket.OfUdp("10.0.0.3", 546, WebAddress, 547).Frame(),
            TestPacket.OfUdp("fe80::2", 67, "fe80::1", 68).Frame(),
            .. new byte[] { 128, 129, 138, 142, 144 }.Select(type => Neighbor(type).Frame()),
        ];
        Assert.All(others, frame => Assert.Equal(NotAdmitted, filter.Judge(filter.Client, filter.Web, frame)));

        static TestPacket Neighbor(byte type) => new(IPAddress.Parse("fe80::2"), IPAddress.Parse("fe80::1"), TestPacket.IcmpV6) { IcmpType = type };
    }

    [Fact]
    public void Frames_that_are_not_IP_need_a_rule_that_names_nothing()
    {
        byte[] frame = new FrameBuilder(new MacAddress(2), new MacAddress(4)).Ethernet(0x88B5);
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp), Inbound(IpProtocol.Any) with { RemoteAddress = IPNetwork.Parse("0.0.0.0/0") }));
        Assert.Equal(NotAdmitted, filter.Judge(filter.Client, filter.Web, frame));
        Assert.Null(filter.Judge(filter.Web, filter.Client, frame));
        filter.Change(Group("web", Inbound(IpProtocol.Any), Outbound(IpProtocol.Tcp)));
        Assert.Null(filter.Judge(filter.Client, filter.Web, frame));
        Assert.Equal(NotAdmitted, filter.Judge(filter.Web, filter.Client, frame));
    }

    [Fact]
    public void A_cut_header_is_not_judged_but_refused()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Any)));
        Assert.Equal(TruncatedHeader, filter.ToWeb(Request with { IsCut = true }));
        Assert.Null(filter.FromWeb(Request.Answer() with { IsCut = true }));
        byte[] frame = Request.Frame();
        frame[17] = 200;
        Assert.Equal(TruncatedHeader, filter.Judge(filter.Client, filter.Web, frame));
    }

    [Fact]
    public void An_IPv6_packet_cannot_pose_as_an_IPv4_one()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp, 80) with { RemoteAddress = IPNetwork.Parse("10.0.0.0/24") }));
        Assert.Null(filter.ToWeb(Request));
        byte[] frame = TestPacket.OfTcp("fd00::2", 4000, "fd00::1", 80).Frame();
        BinaryPrimitives.WriteUInt128BigEndian(frame.AsSpan(22), IpNumber.From(Request.Source));
        Assert.Equal(TruncatedHeader, filter.Judge(filter.Client, filter.Web, frame));
        BinaryPrimitives.WriteUInt128BigEndian(frame.AsSpan(38), IpNumber.From(Request.Destination));
        Assert.Equal(TruncatedHeader, filter.Judge(filter.Client, filter.Web, frame));
    }

    [Fact]
    public void Later_fragments_pass_with_their_first_one()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Udp, 80), Outbound(IpProtocol.Tcp)));
        var first = TestPacket.OfUdp(ClientAddress, 4000, WebAddress, 80) with { Fragment = TestPacket.Part.First, FragmentId = 7 };
        var later = first with { Fragment = TestPacket.Part.Later };
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later));
        Assert.Equal(NotAdmitted, filter.ToWeb(first with { DestinationPort = 81 }));
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later));
        Assert.Null(filter.ToWeb(first));
        Assert.Null(filter.ToWeb(later));
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later with { FragmentId = 8 }));
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later with { Source = IPAddress.Parse("10.0.0.3") }));
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later, vlanId: 20));
        Assert.Equal(FragmentNotAllowed, filter.FromWeb(later));
        Assert.Equal(TruncatedHeader, filter.ToWeb(first with { IsCut = true }));
        filter.Wait(29);
        Assert.Null(filter.ToWeb(later));
        filter.Wait(1);
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_later_fragment_belongs_to_its_first_one_whatever_its_next_header_says(bool hasOptions)
    {
        // RFC 8200 section 4.5: by addresses and identification, and the first fragment's next header counts.
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Udp, 80)));
        var first = TestPacket.OfUdp("fd00::2", 4000, "fd00::1", 80) with { Fragment = TestPacket.Part.First, FragmentId = 7, HasOptions = hasOptions };
        var later = first with { Fragment = TestPacket.Part.Later };
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later));
        Assert.Null(filter.ToWeb(first));
        Assert.Null(filter.ToWeb(later));
        Assert.Null(filter.ToWeb(later with { HasOptions = !hasOptions }));
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later with { FragmentId = 8 }));
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later with { Source = IPAddress.Parse("fd00::3") }));
    }

    [Fact]
    public void Later_fragments_pass_by_a_rule_without_ports()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Udp), Inbound(IpProtocol.Tcp, 80)));
        var later = TestPacket.OfUdp("fd00::2", 0, "fd00::1", 0) with { Fragment = TestPacket.Part.Later };
        Assert.Null(filter.ToWeb(later));
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(later with { Protocol = TestPacket.Tcp }));
    }

    [Fact]
    public void A_fragment_that_would_overwrite_the_header_is_refused_even_after_its_first_one()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp)));
        var first = Request with { Fragment = TestPacket.Part.First, FragmentId = 7 };
        Assert.Null(filter.ToWeb(first));
        Assert.Equal(FragmentNotAllowed, filter.ToWeb(first with { Fragment = TestPacket.Part.Overlapping }));
    }

    [Fact]
    public void A_full_table_takes_no_new_flow_and_the_old_ones_go_on()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp)), capacity: 2);
        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer()));
        Assert.Null(filter.ToWeb(Request with { SourcePort = 1 }));
        Assert.Equal(FlowTableFull, filter.ToWeb(Request with { SourcePort = 2 }));
        Assert.Equal(FlowTableFull, filter.FromWeb(Request.Answer() with { Fragment = TestPacket.Part.First, DestinationPort = 2 }));
        Assert.Null(filter.FromWeb(Request.Answer()));
        Assert.Equal((2, 2, 2L), (filter.Filter.FlowCount, filter.Filter.FlowCapacity, filter.Filter.RefusedFlows));

        // The second was never answered.
        filter.Wait(60);
        Assert.Null(filter.ToWeb(Request with { SourcePort = 2 }));
    }

    [Fact]
    public void Expired_flows_are_forgotten_by_sweeping_too()
    {
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp)));
        Assert.Null(filter.ToWeb(Request));
        filter.Filter.Sweep(now: 60_000_000_000);
        Assert.Equal(1, filter.Filter.FlowCount);
        filter.Filter.Sweep(now: 61_000_000_000);
        Assert.Equal(0, filter.Filter.FlowCount);
    }

    [Fact]
    public void A_packet_of_a_known_flow_allocates_nothing_nor_does_a_new_flow_or_a_refusal()
    {
        const int FlowsOfPass = 200;
        var filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp, 80)), Group("other", Outbound(IpProtocol.Tcp, 80)), capacity: 4096);
        byte[] request = Request.Frame();
        byte[] answer = Request.Answer().Frame();
        byte[] other = (Request with { DestinationPort = 81 }).Frame();
        byte[] error = Request.Error(WebAddress).Frame();
        filter.Judge(filter.Client, filter.Web, request);

        int admitted = 0;
        long allocated = Allocation.OfEach(pass =>
        {
            admitted = 0;
            for (int i = 0; i < FlowsOfPass; i++)
            {
                admitted += AdmitFlow((pass * FlowsOfPass) + i);
            }
        });
        Assert.Equal(0, allocated);
        Assert.Equal(4 * FlowsOfPass, admitted);

        int AdmitFlow(int port)
        {
            request[34] = (byte)port;
            request[35] = (byte)(port >> 8);
            answer[36] = (byte)port;
            answer[37] = (byte)(port >> 8);
            return (filter.Judge(filter.Client, filter.Web, request) is null ? 1 : 0)
                + (filter.Judge(filter.Client, filter.Web, request) is null ? 1 : 0)
                + (filter.Judge(filter.Web, filter.Client, answer) is null ? 1 : 0)
                + (filter.Judge(filter.Web, filter.Client, error) is null ? 1 : 0)
                + (filter.Judge(filter.Client, filter.Web, other) is null ? 1 : 0);
        }
    }
}
