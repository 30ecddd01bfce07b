using MacSegmentation.Addressing;
using MacSegmentation.Switch.Lookup;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>The ARP responder: which questions it answers, with what, and which go on as the broadcasts that they are.</summary>
public class ResponderTests
{
    private static readonly SwitchPortSettings[] Ports =
    [
        PortOf("a"), PortOf("b"), PortOf("c"), new SwitchPortSettings { Adapter = "access", Vlans = [10] },
        new SwitchPortSettings { Adapter = "trunk", Vlans = [10, 20], NativeVlan = 10 }, Uplink("up", 10),
    ];

    private readonly TestBridge bridge = new(Configuration(), Ports);

    [Fact]
    public void A_fixed_address_of_one_interface_is_answered_for_to_whoever_asks()
    {
        Assert.Equal([Arp(MacA, 2, A, C, to: MacC)], bridge.SendAndSee("p-c", Arp(MacC, 1, C, A), "p-c"));
        Assert.Equal([Arp(MacA, 2, A, "10.0.0.99", to: Stranger)], bridge.SendAndSee("access", Arp(Stranger, 1, "10.0.0.99", A), "access"));
        Assert.Equal("Allow Answered: p-c", bridge.Send("p-c", Arp(MacC, 1, C, A)));
        Assert.Equal(2, bridge.Ports[2].FramesSent);
    }

    [Theory]
    [InlineData("trunk", null, false)]
    [InlineData("trunk", 10, false)]
    [InlineData("trunk", 0, false)]
    [InlineData("up", 10, true)]
    [InlineData("access", 0, false)]
    public void An_answer_leaves_with_a_tag_or_without_as_its_port_carries_the_vlan(string port, int? tag, bool isTagged)
    {
        byte[] answer = Assert.Single(bridge.SendAndSee(port, Arp(Stranger, 1, "10.0.0.99", A, tag), port));
        Assert.Equal(Trim(Arp(MacA, 2, A, "10.0.0.99", isTagged ? 10 : null, to: Stranger)), Trim(answer));
    }

    [Fact]
    public void An_answer_keeps_the_question_s_priority_in_the_ports_own_tag()
    {
        var question = new SentFrame(Mac(Stranger), MacAddress.Broadcast, [(0x88A8, 3, 0), (0x88A8, 5, 10)], new SentArp(1, Mac(Stranger), "10.0.0.99", A), IsCut: false);
        byte[] answer = Assert.Single(bridge.SendAndSee("up", question.Build(), "up"));
        var expected = question with { Source = Mac(MacA), Destination = Mac(Stranger), Tags = [(0x8100, 5, 10)], Payload = new SentAnswer(question.Payload, Mac(MacA)) };
        Assert.Equal(Trim(expected.Build()), Trim(answer));
    }

    [Fact]
    public void A_question_behind_an_inner_tag_is_another_network_s()
    {
        var question = new SentFrame(Mac(Stranger), MacAddress.Broadcast, [(0x88A8, 5, 10), (0x8100, 3, 77)], new SentArp(1, Mac(Stranger), "10.0.0.99", A), IsCut: false);
        // Nobody answers, and no port here would send it with its tag.
        Assert.Equal("Drop InnerTag", bridge.Send("up", question.Build()));
    }

    [Fact]
    public void A_probe_for_another_s_address_is_answered_and_one_for_one_s_own_goes_on()
    {
        // RFC 5227: an answer says that the address is taken.
        Assert.Equal([Arp(MacA, 2, A, "0.0.0.0", to: MacC)], bridge.SendAndSee("p-c", Arp(MacC, 1, "0.0.0.0", A), "p-c"));
        Assert.Equal("Allow DefaultAction: p-b p-c access trunk up", bridge.Send("p-a", Arp(MacA, 1, "0.0.0.0", A)));
    }

    [Fact]
    public void What_is_no_question_goes_on()
    {
        Assert.Equal("Allow DefaultAction: p-b p-c access trunk up", bridge.Send("p-a", Arp(MacA, 1, A, A)));
        Assert.Equal("Allow DefaultAction: p-b p-c access trunk up", bridge.Send("p-a", Arp(MacA, 2, A, B)));
        Assert.Equal("Allow DefaultAction: p-b p-c access trunk up", bridge.Send("p-a", Arp(MacA, 1, A, "10.0.0.66")));

        // A question to one station (RFC 1122 section 2.3.2.1) is for that one.
        Assert.Equal("Allow DefaultAction: p-a", bridge.Send("p-c", Arp(MacC, 1, C, A, to: MacA)));
    }

    [Fact]
    public void An_address_that_several_may_hold_is_answered_for_while_its_holder_is_known()
    {
        Assert.Equal("Allow DefaultAction: p-a p-b access trunk up", bridge.Send("p-c", Arp(MacC, 1, C, Shared)));
        bridge.Send("p-a", Arp(Virtual, 1, Shared, Shared));
        Assert.Equal([Arp(Virtual, 2, Shared, C, to: MacC)], bridge.SendAndSee("p-c", Arp(MacC, 1, C, Shared), "p-c"));

        // The one who may hold it next asks too; the one who holds it would hear of itself.
        Assert.Equal([Arp(Virtual, 2, Shared, B, to: MacB)], bridge.SendAndSee("p-b", Arp(MacB, 1, B, Shared), "p-b"));
        Assert.Equal("Allow DefaultAction: p-b p-c access trunk up", bridge.Send("p-a", Arp(MacA, 1, A, Shared)));
        bridge.Send("p-b", Arp(Virtual, 1, Shared, Shared));
        Assert.Equal("Allow Answered: p-a", bridge.Send("p-a", Arp(MacA, 1, A, Shared)));
        bridge.PortDown("p-b");
        Assert.Equal("Allow DefaultAction: p-a p-b access trunk up", bridge.Send("p-c", Arp(MacC, 1, C, Shared)));
    }

    [Fact]
    public void Of_an_address_that_goes_with_each_holder_s_own_mac_address_the_holder_s_is_told()
    {
        var own = new TestBridge(Configuration(mac: null), Ports);
        own.Send("p-a", Arp(MacA, 1, Shared, Shared));
        Assert.Equal([Arp(MacA, 2, Shared, C, to: MacC)], own.SendAndSee("p-c", Arp(MacC, 1, C, Shared), "p-c"));
        own.Send("p-b", Arp(MacB, 1, Shared, Shared));
        Assert.Equal([Arp(MacB, 2, Shared, C, to: MacC)], own.SendAndSee("p-c", Arp(MacC, 1, C, Shared), "p-c"));
    }

    [Fact]
    public void A_fixed_address_that_another_may_take_over_is_certain_no_more()
    {
        var taken = new TestBridge(
            With(Snapshot(Record("a", 10, MacA, "10.0.0.11/24"), WithPair(Record("b", 10, MacB, "10.0.0.12/24"), A), Record("c", 10, MacC, "10.0.0.13/24"))), Ports);
        Assert.Equal("Allow DefaultAction: p-a p-b access trunk up", taken.Send("p-c", Arp(MacC, 1, C, A)));
        taken.Send("p-a", Arp(MacA, 1, A, B));
        Assert.Equal([Arp(MacA, 2, A, C, to: MacC)], taken.SendAndSee("p-c", Arp(MacC, 1, C, A), "p-c"));
        taken.Send("p-b", Arp(MacB, 1, A, A));
        Assert.Equal([Arp(MacB, 2, A, C, to: MacC)], taken.SendAndSee("p-c", Arp(MacC, 1, C, A), "p-c"));
        Assert.Equal(["a", "b"], Assert.Single(taken.Switch.ListAddressOwners()).Candidate);
    }

    [Fact]
    public void A_record_whose_port_is_down_or_that_can_be_nowhere_is_not_answered_for()
    {
        var far = Record("far", 10, "02:00:00:00:00:0f", "10.0.0.15/24", "fd00::15/64");
        var snapshot = Configuration();
        var reach = new TestBridge(snapshot with { Interfaces = [.. snapshot.Interfaces, far] }, Ports);
        Assert.Equal("Allow Answered: p-c", reach.Send("p-c", Arp(MacC, 1, C, A)));
        Assert.Equal("Allow Answered: p-c", reach.Send("p-c", Solicit(MacC, "fd00::13", "fd00::11", option: MacC)));
        Assert.Equal("Allow Answered: p-c", reach.Send("p-c", Arp(MacC, 1, C, "10.0.0.15")));
        Assert.True(OwnerOf(reach, A).IsReachable);

        reach.SetUp("p-a", isUp: false);
        Assert.StartsWith("Allow DefaultAction", reach.Send("p-c", Arp(MacC, 1, C, A)), StringComparison.Ordinal);
        Assert.StartsWith("Allow DefaultAction", reach.Send("p-c", Solicit(MacC, "fd00::13", "fd00::11", option: MacC)), StringComparison.Ordinal);
        Assert.Equal(("a", "p-a", false), OwnerOf(reach, A) is var down ? (down.Interface, down.Port, down.IsReachable) : default);
        reach.SetUp("p-a", isUp: true);
        Assert.Equal("Allow Answered: p-c", reach.Send("p-c", Arp(MacC, 1, C, A)));

        // A record that has no port here is behind an uplink that is up and carries its VLAN, or nowhere.
        reach.SetUp("up", isUp: false);
        Assert.StartsWith("Allow DefaultAction", reach.Send("p-c", Arp(MacC, 1, C, "10.0.0.15")), StringComparison.Ordinal);
        Assert.False(OwnerOf(reach, "10.0.0.15").IsReachable);
        var alone = new TestBridge(snapshot with { Interfaces = [.. snapshot.Interfaces, far] }, [PortOf("c"), Uplink("up", 20)]);
        Assert.Equal("Drop NoDestination", alone.Send("p-c", Arp(MacC, 1, C, "10.0.0.15")));
        Assert.False(OwnerOf(alone, "10.0.0.15").IsReachable);
    }

    [Fact]
    public void Neighbour_solicitations_are_answered_in_the_same_way()
    {
        SentNeighbor question = new(SentNeighbor.Solicitation, "fd00::13", "fd00::11", Mac(MacC));
        byte[] answer = Assert.Single(bridge.SendAndSee("p-c", Solicit(MacC, "fd00::13", "fd00::11", option: MacC), "p-c"));
        Assert.Equal(new SentAnswer(question, Mac(MacA)).Build(Mac(MacA), Mac(MacC)), answer);

        // Duplicate address detection asks with no address: the answer goes to all nodes (RFC 4861 section 7.2.4).
        byte[] taken = Assert.Single(bridge.SendAndSee("access", Solicit(Stranger, "::", "fd00::11"), "access"));
        Assert.Equal(new SentAnswer(question with { From = "::" }, Mac(MacA)).Build(Mac(MacA), Mac("33:33:00:00:00:01")), taken);
        Assert.Equal("Allow DefaultAction: p-b p-c access trunk up", bridge.Send("p-a", Solicit(MacA, "::", "fd00::11")));

        Assert.Equal("Allow DefaultAction: p-a p-b access trunk up", bridge.Send("p-c", Solicit(MacC, "fd00::13", "fd00::100")));
        bridge.Send("p-a", Advertise(Virtual, "fd00::100", "fd00::100", option: Virtual));
        Assert.Equal("Allow Answered: p-c", bridge.Send("p-c", Solicit(MacC, "fd00::13", "fd00::100")));
    }

    [Fact]
    public void The_policies_keep_deciding()
    {
        // a may not talk to c: the switch does not talk for it. c may not ask: nobody answers.
        var deny = new TestBridge(With(Configuration(), new MacPolicy
        {
            PolicyId = 1, VlanId = 10, Order = 1, SourceAddress = MacPattern.Parse(MacA), DestinationAddress = MacPattern.Parse(MacC), Action = PolicyAction.Deny,
        }), Ports);
        Assert.Equal("Allow DefaultAction: p-a p-b access trunk up", deny.Send("p-c", Arp(MacC, 1, C, A)));
        Assert.Equal("Allow Answered: p-b", deny.Send("p-b", Arp(MacB, 1, B, A)));
        var mute = new TestBridge(With(Configuration(), new MacPolicy
        {
            PolicyId = 1, VlanId = 10, Order = 1, SourceAddress = MacPattern.Parse(MacC), DestinationAddress = MacPattern.Parse(All), Action = PolicyAction.Drop,
        }), Ports);
        Assert.Equal("Drop Policy", mute.Send("p-c", Arp(MacC, 1, C, A)));
    }

    [Fact]
    public void Another_vlan_is_not_answered_for_nor_one_without_responder()
    {
        var off = new TestBridge(Snapshot([.. Configuration().Interfaces]), Ports);
        Assert.Equal("Allow DefaultAction: p-a p-b access trunk up", off.Send("p-c", Arp(MacC, 1, C, A)));
        Assert.Equal("Drop NoDestination", bridge.Send("trunk", Arp(Stranger, 1, "10.0.0.99", A, vlan: 20)));
    }

    private static ConfigurationSnapshot Configuration(string? mac = Virtual) => With(Snapshot(
        WithPair(WithPair(Record("a", 10, MacA, "10.0.0.11/24", "fd00::11/64"), Shared, mac), "fd00::100", mac),
        WithPair(WithPair(Record("b", 10, MacB, "10.0.0.12/24", "fd00::12/64"), Shared, mac), "fd00::100", mac),
        Record("c", 10, MacC, "10.0.0.13/24", "fd00::13/64")));

    private static ConfigurationSnapshot With(ConfigurationSnapshot snapshot, params MacPolicy[] policies) => snapshot with
    {
        Vlans = [new VlanPolicies(10, PolicyAction.Allow, policies) { ArpResponder = true }, new VlanPolicies(20, PolicyAction.Allow, []) { ArpResponder = true }],
    };

    private static Ownership.MacAddressOwner OwnerOf(TestBridge bridge, string address) => Assert.Single(bridge.Switch.FindAddressOwners(System.Net.IPAddress.Parse(address)));

    /// <summary>Without the padding at the end.</summary>
    private static string Trim(byte[] frame) => Convert.ToHexString(frame).TrimEnd('0');
}
