using System.Net;
using MacSegmentation.Addressing;
using static MacSegmentation.Pipeline.PacketReasons;
using static MacSegmentation.SecurityGroups.FilterHarness;
using static MacSegmentation.SecurityGroups.SecurityGroupStage;

namespace MacSegmentation.SecurityGroups;

/// <summary>How flows begin, live, and end.</summary>
public class FlowLifeTests
{
    private const string WebAddress = "10.0.0.1";
    private const string ClientAddress = "10.0.0.2";
    private const byte FinAck = TestPacket.Fin | TestPacket.Ack;
    private const byte SynAck = TestPacket.Syn | TestPacket.Ack;

    // A rule for what goes out closes that way to all but the answers.
    private static readonly MacSecurityGroupRule Closed = Outbound(IpProtocol.Tcp, 9);
    private static readonly MacSecurityGroup Web = Group("web", Inbound(IpProtocol.Tcp, 80), Inbound(IpProtocol.Udp, 53), Inbound(IpProtocol.Icmp), Closed);
    private static readonly TestPacket Request = TestPacket.OfTcp(ClientAddress, 4000, WebAddress, 80);
    private static readonly TestPacket Data = Request with { Flags = TestPacket.Ack };
    private static readonly TestPacket Question = TestPacket.OfUdp(ClientAddress, 4000, WebAddress, 53);

    [Fact]
    public void An_unanswered_connection_is_forgotten_after_a_minute_an_established_one_after_two_hours()
    {
        var filter = new FilterHarness(Web);
        Assert.Null(filter.ToWeb(Request));
        filter.Wait(60);
        Assert.Equal(NotAdmitted, filter.FromWeb(Request.Answer(SynAck)));

        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer(SynAck)));
        filter.Wait(7439);
        Assert.Null(filter.FromWeb(Data.Answer()));
        filter.Wait(7440);
        Assert.Equal(NotAdmitted, filter.FromWeb(Data.Answer()));
    }

    [Fact]
    public void A_connection_that_both_sides_ended_or_one_reset_is_soon_forgotten()
    {
        var filter = new FilterHarness(Web);
        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer(SynAck)));
        Assert.Null(filter.ToWeb(Request with { Flags = FinAck }));
        filter.Wait(7000);
        Assert.Null(filter.FromWeb(Data.Answer()));
        Assert.Null(filter.FromWeb(Request.Answer(FinAck)));
        filter.Wait(9);
        Assert.Null(filter.ToWeb(Data));
        filter.Wait(10);
        Assert.Equal(NotAdmitted, filter.FromWeb(Data.Answer()));

        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer(TestPacket.Rst)));
        filter.Wait(10);
        Assert.Equal(NotAdmitted, filter.FromWeb(Data.Answer()));
    }

    [Fact]
    public void The_ports_of_an_ended_connection_can_be_used_again_at_once()
    {
        var filter = new FilterHarness(Web);
        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer(TestPacket.Rst)));
        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer(SynAck)));
        filter.Wait(3600);
        Assert.Null(filter.FromWeb(Data.Answer()));
    }

    [Fact]
    public void A_connection_that_is_older_than_the_switch_goes_on()
    {
        var filter = new FilterHarness(Web);
        Assert.Equal(NotAdmitted, filter.FromWeb(Data.Answer()));
        Assert.Null(filter.ToWeb(Data));
        Assert.Null(filter.FromWeb(Data.Answer()));
    }

    [Fact]
    public void A_question_is_remembered_for_a_minute_and_a_conversation_for_five()
    {
        var filter = new FilterHarness(Web);
        Assert.Null(filter.ToWeb(Question));
        filter.Wait(59);
        Assert.Null(filter.FromWeb(Question.Answer()));
        filter.Wait(60);
        Assert.Equal(NotAdmitted, filter.FromWeb(Question.Answer()));

        Assert.Null(filter.ToWeb(Question));
        Assert.Null(filter.FromWeb(Question.Answer()));
        Assert.Null(filter.ToWeb(Question));
        filter.Wait(299);
        Assert.Null(filter.FromWeb(Question.Answer()));
        filter.Wait(300);
        Assert.Equal(NotAdmitted, filter.FromWeb(Question.Answer()));
    }

    [Fact]
    public void An_echo_request_is_answered_by_its_reply_and_opens_no_way_for_another_request()
    {
        foreach (var (there, here, protocol) in new[] { (ClientAddress, WebAddress, IpProtocol.Icmp), ("fd00::2", "fd00::1", IpProtocol.IcmpV6) })
        {
            var filter = new FilterHarness(Group("web", Inbound(protocol), Closed));
            var request = TestPacket.OfEcho(there, here, 7);
            Assert.Equal(NotAdmitted, filter.FromWeb(request.Answer()));
            Assert.Null(filter.ToWeb(request));
            Assert.Null(filter.FromWeb(request.Answer()));
            Assert.Equal(NotAdmitted, filter.FromWeb(request.Answer() with { Identifier = 8 }));
            Assert.Equal(NotAdmitted, filter.FromWeb(TestPacket.OfEcho(here, there, 7)));
            filter.Wait(60);
            Assert.Equal(NotAdmitted, filter.FromWeb(request.Answer()));
        }
    }

    [Fact]
    public void Icmp_that_is_neither_echo_nor_error_passes_by_rules_alone()
    {
        var filter = new FilterHarness(Web);
        var timestamp = TestPacket.OfEcho(ClientAddress, WebAddress, 0) with { IcmpType = 13 };
        Assert.Null(filter.ToWeb(timestamp));
        Assert.Equal(NotAdmitted, filter.FromWeb(timestamp.Answer() with { IcmpType = 14 }));
        Assert.Equal(0, filter.Filter.FlowCount);
    }

    [Theory]
    [InlineData(ClientAddress, WebAddress, TestPacket.Tcp)]
    [InlineData(ClientAddress, WebAddress, TestPacket.Udp)]
    [InlineData(ClientAddress, WebAddress, TestPacket.Icmp)]
    [InlineData("fd00::2", "fd00::1", TestPacket.Tcp)]
    [InlineData("fd00::2", "fd00::1", TestPacket.Udp)]
    [InlineData("fd00::2", "fd00::1", TestPacket.IcmpV6)]
    public void An_error_passes_if_it_quotes_a_flow_of_whom_it_goes_to(string there, string here, byte protocol)
    {
        var filter = new FilterHarness(Group("web", Closed with { Protocol = new IpProtocol(protocol), Port = [] }));
        string router = there[..^1] + "9";
        var sent = protocol is TestPacket.Icmp or TestPacket.IcmpV6
            ? TestPacket.OfEcho(here, there, 7)
            : new TestPacket(IPAddress.Parse(here), IPAddress.Parse(there), protocol) { SourcePort = 5000, DestinationPort = 443 };
        var error = sent.Error(router) with { QuotedOctets = 20 };
        Assert.Equal(NotAdmitted, filter.ToWeb(error));
        Assert.Null(filter.FromWeb(sent));
        Assert.Null(filter.ToWeb(error));
        Assert.Equal(NotAdmitted, filter.ToWeb(error with { Destination = IPAddress.Parse(router) }));
        Assert.Equal(NotAdmitted, filter.ToWeb((sent with { SourcePort = sent.SourcePort + 1, Identifier = sent.Identifier + 1 }).Error(router) with { QuotedOctets = 20 }));
        Assert.Equal(NotAdmitted, filter.ToWeb(sent.Answer().Error(router) with { QuotedOctets = 20 }));

        // Every cut of the quotation is read safely; what it no longer tells is not guessed.
        byte[] whole = error.Frame();
        int needed = error.IsIPv6 && protocol == TestPacket.Tcp ? 20 : sent.HasPorts && !error.IsIPv6 ? 4 : 8;
        for (int octets = 0; octets <= 20; octets++)
        {
            Assert.Equal(octets < needed ? NotAdmitted : null, filter.ToWeb(error with { QuotedOctets = octets }));
        }

        int header = error.IsIPv6 ? 54 : 34;
        for (int length = header + 8; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            cut[error.IsIPv6 ? 19 : 17] = (byte)(length - (error.IsIPv6 ? 54 : 14));
            filter.Judge(filter.Client, filter.Web, cut);
        }
    }

    [Fact]
    public void An_error_goes_out_too_and_prolongs_no_flow()
    {
        var filter = new FilterHarness(Web);
        Assert.Equal(NotAdmitted, filter.FromWeb(Question.Error(WebAddress)));
        Assert.Null(filter.ToWeb(Question));
        filter.Wait(59);
        Assert.Null(filter.FromWeb(Question.Error(WebAddress)));
        filter.Wait(1);
        Assert.Equal(NotAdmitted, filter.FromWeb(Question.Error(WebAddress)));
    }

    [Fact]
    public void An_error_about_an_error_or_a_later_fragment_belongs_to_nothing()
    {
        var filter = new FilterHarness(Group("web"));
        var sent = TestPacket.OfUdp(WebAddress, 5000, ClientAddress, 53);
        Assert.Null(filter.FromWeb(sent));
        Assert.Equal(NotAdmitted, filter.ToWeb(sent.Answer().Error(WebAddress).Error(ClientAddress) with { QuotedOctets = 60 }));
        Assert.Equal(NotAdmitted, filter.ToWeb((sent with { Fragment = TestPacket.Part.Later }).Error(ClientAddress)));
        Assert.Null(filter.ToWeb((sent with { Fragment = TestPacket.Part.First }).Error(ClientAddress)));

        var tunnelled = sent with { Protocol = TestPacket.Gre, SourcePort = 0, DestinationPort = 0 };
        Assert.Null(filter.FromWeb(tunnelled));
        Assert.Null(filter.ToWeb(tunnelled.Error(ClientAddress)));
        Assert.Equal(NotAdmitted, filter.ToWeb((tunnelled with { Fragment = TestPacket.Part.Later }).Error(ClientAddress)));
    }

    [Fact]
    public void A_rule_that_goes_takes_its_flows_along_with_the_next_packet_of_either_side()
    {
        foreach (bool answers in new[] { true, false })
        {
            var filter = new FilterHarness(Web);
            Assert.Null(filter.ToWeb(Question));
            Assert.Null(filter.FromWeb(Question.Answer()));
            filter.Change(Web with { Rule = [Inbound(IpProtocol.Tcp), Closed] });
            Assert.Equal(NotAdmitted, answers ? filter.FromWeb(Question.Answer()) : filter.ToWeb(Question));
            Assert.Equal(NotAdmitted, answers ? filter.ToWeb(Question) : filter.FromWeb(Question.Answer()));
        }
    }

    [Fact]
    public void A_flow_that_the_new_rules_still_admit_goes_on()
    {
        var filter = new FilterHarness(Web);
        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer()));
        filter.Change(Group("web", Inbound(IpProtocol.Tcp), Closed));
        Assert.Null(filter.FromWeb(Data.Answer()));
        filter.Wait(7000);
        Assert.Null(filter.FromWeb(Data.Answer()));

        // In stateless groups there are no flows.
        filter.Change(Group("web", Inbound(IpProtocol.Tcp), Closed) with { IsStateless = true });
        Assert.Equal(NotAdmitted, filter.FromWeb(Data.Answer()));
    }

    [Theory]
    [InlineData(TestPacket.Tcp)]
    [InlineData(TestPacket.Udp)]
    [InlineData(TestPacket.Gre)]
    public void A_flow_of_any_protocol_whose_rule_went_stays_away_whichever_side_sends_first(byte protocol)
    {
        // Nothing restricts what goes out.
        var open = Group("web", Inbound(IpProtocol.Any));
        var there = Data with { Protocol = protocol, SourcePort = protocol == TestPacket.Gre ? 0 : 4000, DestinationPort = protocol == TestPacket.Gre ? 0 : 5000 };
        var filter = new FilterHarness(open);
        Assert.Null(filter.ToWeb(there));
        Assert.Null(filter.FromWeb(there.Answer()));
        Assert.Null(filter.ToWeb(there));
        filter.Change(Group("web"));
        for (int i = 0; i < 5; i++)
        {
            Assert.Null(filter.FromWeb(there.Answer()));
            Assert.Equal(NotAdmitted, filter.ToWeb(there));
            filter.Wait(599);
        }

        // The rule comes back, and so does the flow.
        filter.Change(open);
        Assert.Null(filter.FromWeb(there.Answer()));
        Assert.Null(filter.ToWeb(there));

        // After a long silence nobody can tell it from a new one.
        filter.Change(Group("web"));
        Assert.Equal(NotAdmitted, filter.ToWeb(there));
        filter.Wait(600);
        Assert.Equal(NotAdmitted, filter.ToWeb(there));
        Assert.Null(filter.FromWeb(there.Answer()));
        Assert.Null(filter.ToWeb(there));
    }

    [Fact]
    public void A_connection_whose_rule_went_stays_away_when_the_switch_starts_anew_as_far_as_its_packets_tell_who_began_it()
    {
        var closed = Group("web");
        var data = TestPacket.OfTcp(ClientAddress, 50_000, WebAddress, 80, TestPacket.Ack);

        // A server's port on one side, a client's on the other.
        var filter = new FilterHarness(closed);
        Assert.Null(filter.FromWeb(data.Answer()));
        Assert.Equal(NotAdmitted, filter.ToWeb(data));

        // Whatever the ports, SYN and ACK answer.
        filter = new FilterHarness(closed);
        Assert.Null(filter.FromWeb(Request.Answer(SynAck)));
        Assert.Equal(NotAdmitted, filter.ToWeb(Data));

        // What a rule admits lives on, and so does what the member began.
        filter = new FilterHarness(Group("web", Inbound(IpProtocol.Tcp, 80)));
        Assert.Null(filter.FromWeb(data.Answer()));
        Assert.Null(filter.ToWeb(data));
        var own = TestPacket.OfTcp(WebAddress, 50_000, ClientAddress, 443, TestPacket.Ack);
        Assert.Null(filter.FromWeb(own));
        Assert.Null(filter.ToWeb(own.Answer()));

        // It was begun by the other side: the rule that goes takes it along.
        filter.Change(closed);
        Assert.Equal(NotAdmitted, filter.ToWeb(data));
        Assert.Null(filter.ToWeb(own.Answer()));
    }

    [Fact]
    public void A_connection_whose_rule_went_is_not_begun_again_from_the_other_side()
    {
        // Nothing restricts what goes out, so the server's retransmission alone could pass for a new connection.
        var open = Group("web", Inbound(IpProtocol.Tcp, 80));
        var filter = new FilterHarness(open);
        Assert.Null(filter.ToWeb(Request));
        Assert.Null(filter.FromWeb(Request.Answer(SynAck)));
        filter.Change(Group("web"));
        for (int i = 0; i < 5; i++)
        {
            Assert.Null(filter.FromWeb(Data.Answer()));
            Assert.Equal(NotAdmitted, filter.ToWeb(Data));
            Assert.Equal(NotAdmitted, filter.ToWeb(Request));
            filter.Wait(120);
        }

        // A connection that the server itself opens is another matter, and so is a rule that comes back.
        Assert.Null(filter.FromWeb(Request.Answer(TestPacket.Syn)));
        Assert.Null(filter.ToWeb(Request with { Flags = SynAck }));
        filter.Change(open);
        Assert.Null(filter.ToWeb(Data));

        var again = Data with { SourcePort = 4001 };
        Assert.Null(filter.ToWeb(again));
        filter.Change(Group("web"));
        Assert.Equal(NotAdmitted, filter.ToWeb(again));
        filter.Change(open);
        Assert.Null(filter.ToWeb(again));
        Assert.Null(filter.FromWeb(again.Answer()));
    }
}
