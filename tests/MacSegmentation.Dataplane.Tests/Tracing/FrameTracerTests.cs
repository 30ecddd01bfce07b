using System.Net;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Switch.Lookup;
using MacSegmentation.Errors;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.Ingress;
using MacSegmentation.Ownership;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Switch;
using MacSegmentation.PortSecurity;
using MacSegmentation.Ports;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.StormControl;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Tracing;

/// <summary>A trace tells what a running switch would do, stage by stage up to the one that decided.</summary>
public class FrameTracerTests
{
    private static readonly ConfigurationSnapshot Small = Snapshot(
        Record("a", 10, MacA, "10.0.0.11/24"),
        Record("b", 10, MacB, "10.0.0.12/24") with { SecurityGroup = ["closed"] },
        Record("c", 10, MacC, "10.0.0.13/24")).With<MacSecurityGroup>(
    [
        new MacSecurityGroup
        {
            Name = "closed",
            Rule = [new MacSecurityGroupRule { GroupName = "closed", Direction = TrafficDirection.Inbound, Protocol = IpProtocol.Udp, Port = [new PortRange(5000, 5000)] }],
        },
    ]);

    [Fact]
    public void A_trace_ends_as_the_switch_does_and_at_the_stage_that_decided()
    {
        var met = new HashSet<string>();
        var scenarios = Gen.Choose(0, int.MaxValue - 1).Select(ScenarioGenerator.Draw);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(80), Prop.ForAll(Arb.From(scenarios, scenario => scenario.Shrink()), scenario => Compare(scenario, met)));
        Assert.Empty(new[]
            {
                VerdictReason.Policy.Name, VerdictReason.DefaultAction.Name, ReceiveStage.Malformed.Name, ReceiveStage.VlanNotAllowed.Name, ReceiveStage.LinkLocalControl.Name,
                PortSecurityReasons.SourceMacNotAllowed.Name, PortSecurityReasons.SourceIPNotAllowed.Name, PortSecurityReasons.ArpSenderNotAllowed.Name, LearningStage.AddressHeldElsewhere.Name,
                LookupStage.SamePort.Name, LookupStage.NoDestination.Name, ResponderStage.Answered.Name,
            }
            .Except(met));
    }

    [Theory]
    [InlineData(60, PolicyAction.Allow, nameof(VerdictReason.DefaultAction), "b")] // in the middle of the data
    [InlineData(42, PolicyAction.Allow, nameof(VerdictReason.DefaultAction), "b")] // behind the last header
    [InlineData(41, PolicyAction.Deny, nameof(PacketReasons.TruncatedHeader), "")] // within the ports' header
    [InlineData(33, PolicyAction.Deny, nameof(PacketReasons.TruncatedHeader), "")] // within the IP header
    [InlineData(14, PolicyAction.Deny, nameof(PacketReasons.TruncatedHeader), "")]
    [InlineData(13, PolicyAction.Drop, nameof(ReceiveStage.Malformed), "")]
    [InlineData(0, PolicyAction.Drop, nameof(ReceiveStage.Malformed), "")]
    public void A_frame_that_was_captured_in_part_is_judged_by_what_there_is(int captured, PolicyAction action, string reason, string to)
    {
        byte[] whole = Udp(MacA, MacB, A, B);
        var test = Trace("a", new Frame(whole.AsSpan(0, captured), whole.Length, 1));
        Assert.Equal((action, reason, to), (test.Action, test.Reason, string.Join(' ', test.To)));
        if (captured >= 34)
        {
            Assert.Equal((IPAddress.Parse(A), IPAddress.Parse(B)), (test.SourceIPAddress, test.DestinationIPAddress));
        }

        Assert.Equal(captured >= 14 ? Mac(MacA) : null, test.SourceAddress);
        Assert.Equal(test.Action == PolicyAction.Allow, test.IsForwarded);
    }

    [Theory]
    [InlineData(0x0806, 20, "Arp with a cut or invalid header")]
    [InlineData(0x0800, 15, "IPv4 with a cut or invalid header")]
    [InlineData(0x86DD, 30, "IPv6 with a cut or invalid header")]
    public void A_cut_header_is_called_that_and_not_by_addresses_that_are_not_there(int etherType, int octets, string packet)
    {
        byte[] frame = new FrameBuilder(Mac(MacA), Mac(MacB)).Ethernet(etherType, new byte[octets]);
        var test = Trace("a", new Frame(frame, frame.Length, 1));
        Assert.Equal((PolicyAction.Deny, PacketReasons.TruncatedHeader.Name), Outcome(test));
        Assert.Equal(packet, test.Packet);
        Assert.DoesNotContain("::", string.Join(' ', test.Stage.Select(stage => stage.Detail)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_that_is_longer_than_its_frame_is_not_one_that_was_captured_in_part()
    {
        byte[] cut = Udp(MacA, MacB, A, B)[..60];
        Assert.Equal((PolicyAction.Deny, PacketReasons.TruncatedHeader.Name), Outcome(Trace("a", new Frame(cut, cut.Length, 1))));
    }

    [Fact]
    public void What_one_port_refuses_does_not_explain_a_frame_that_others_took()
    {
        byte[] frame = new FrameBuilder(Mac(MacA), MacAddress.Broadcast).Udp(IPAddress.Parse(A), IPAddress.Broadcast, 4000, 9);
        var test = Trace("a", new Frame(frame, frame.Length, 1));
        Assert.Equal(["c", FrameTracer.Uplink], test.To);
        Assert.Contains(test.Stage, stage => stage is { Stage: "SecurityGroup", Action: PolicyAction.Deny, Reason: "SecurityGroup" });
        Assert.Equal(("Send", test.Explanation), (test.Stage[^1].Stage, test.Stage[^1].Detail));

        byte[] alone = new FrameBuilder(Mac(MacA), Mac(MacB)).Udp(IPAddress.Parse(A), IPAddress.Parse(B), 4000, 9);
        var refused = Trace("a", new Frame(alone, alone.Length, 1));
        Assert.Equal((PolicyAction.Deny, SecurityGroupStage.NotAdmitted.Name), Outcome(refused));
        Assert.Equal($"Udp {A}:4000 -> {B}:9: from a in no group to b in closed.", refused.Explanation);
    }

    [Fact]
    public void Each_stage_is_told_in_words()
    {
        byte[] frame = Udp(MacA, MacC, A, C);
        var test = Trace("A", new Frame(frame, frame.Length, 1));
        Assert.Equal(
            [
                "Receive: Allow. a carries VLAN 10 untagged.",
                "PortSecurity: Allow. The addresses are those of a.",
                $"Learning: Allow. {MacA} is an address of interface records: behind a.",
                "Policy: Allow (DefaultAction). No policy",
                $"Lookup: Allow. {MacC} is an address of interface records: behind c.",
                $"SecurityGroup: Allow. Udp {A}:4000 -> {C}:5000: from a in no group to c in no group.",
                "Send: Allow. c, untagged.",
            ],
            test.Stage.Select(stage => stage.Stage is "Policy" ? stage.ToString()[..40] : stage.ToString()));
        Assert.Equal((1L, "a", 10, "c"), (test.Number, test.From, test.VlanId, Assert.Single(test.To)));
    }

    [Fact]
    public void What_a_frame_changes_holds_for_the_next()
    {
        var shared = Snapshot(
            WithPair(Record("a", 10, MacA, "10.0.0.11/24"), Shared, Virtual), WithPair(Record("b", 10, MacB, "10.0.0.12/24"), Shared, Virtual));
        var tests = new List<MacFrameTest>();
        var tracer = new FrameTracer(shared, DecisionTable.Compile(shared), FrameTracer.Uplink, nativeVlan: 10, tests.Add);
        byte[] question = Udp(Stranger, Virtual, C, Shared);
        tracer.Handle(new Frame(question, question.Length, 1));
        Assert.Equal(["a", "b"], tests[0].To);
        Assert.Equal("InterfaceNotFound", Assert.Throws<MacSegmentationException>(() => new FrameTracer(shared, DecisionTable.Compile(shared), "nobody", null, tests.Add)).ErrorId);
    }

    private static (PolicyAction Action, string Reason) Outcome(MacFrameTest test) => (test.Action, test.Reason);

    private static MacFrameTest Trace(string from, in Frame frame)
    {
        MacFrameTest? traced = null;
        new FrameTracer(Small, DecisionTable.Compile(Small), from, nativeVlan: null, test => traced = test).Handle(frame);
        return traced!;
    }

    private static void Compare(Scenario scenario, HashSet<string> met)
    {
        var configuration = scenario.Configurations[0];
        foreach (string from in new[] { "a", "d", FrameTracer.Uplink })
        {
            if (configuration.Interfaces.FirstOrDefault(record => string.Equals(record.Name, from, StringComparison.Ordinal)) is not { } entry && from is not FrameTracer.Uplink)
            {
                continue;
            }

            // A switch with the ports that a trace takes: one for each record that a frame could reach, and an uplink.
            int? vlan = from is FrameTracer.Uplink ? null : configuration.Interfaces.Single(record => string.Equals(record.Name, from, StringComparison.Ordinal)).VlanId;
            SwitchPortSettings[] ports =
            [
                .. configuration.Interfaces.Where(record => vlan is null || record.VlanId == vlan).Select(record => PortOf(record.Name) with { Adapter = record.Name }),
                Uplink(FrameTracer.Uplink) with { NativeVlan = 20 },
            ];
            var bridge = new TestBridge(configuration, ports, scenario.Options);
            MacFrameTest? traced = null;
            var tracer = new FrameTracer(configuration, DecisionTable.Compile(configuration), from, nativeVlan: 20, test => traced = test, scenario.Options);
            foreach (var step in scenario.Steps.Where(step => step.Frame is not null))
            {
                byte[] frame = step.Frame!.Build();
                bridge.Advance(TimeSpan.FromSeconds(step.Seconds));
                tracer.Handle(new Frame(frame, frame.Length, bridge.Now));
                var (verdict, left) = bridge.Pass(from, frame);
                met.Add(verdict.Reason.Name);
                Assert.Equal((verdict.Action, verdict.Reason.Name), Outcome(traced!));
                Assert.Equal(verdict.Reason == ResponderStage.Answered ? [] : left.Select(one => one.Port), traced!.To);
                AssertEndsWhereItWasDecided(traced);
            }
        }
    }

    private static void AssertEndsWhereItWasDecided(MacFrameTest test)
    {
        // A port that would uncover a tag is told of, and does not explain a frame that others took.
        MacFrameStage[] told = [.. test.Stage.Where(stage => test.Reason is "InnerTag" || stage.Reason is not "InnerTag")];
        var last = told[^1];
        string expected = test.Reason switch
        {
            "Malformed" or "VlanNotAllowed" or "LinkLocalControl" or "GroupAddressAsSource" => "Receive",
            "AddressHeldElsewhere" or "PortAddressLimit" or "ForwardingTableFull" => "Learning",

            // Without port security neighbour discovery that no host believes is refused where addresses are learned.
            "NeighborDiscoveryNotAllowed" when last.Stage is "Learning" => "Learning",
            "SourceMacNotAllowed" or "SourceIPNotAllowed" or "ArpSenderNotAllowed" or "NeighborDiscoveryNotAllowed" or "VrrpAddressNotAllowed" or "DhcpServerNotAllowed"
                or "RouterAdvertisementNotAllowed" or "ArpRateLimit" => "PortSecurity",
            "SamePort" or "NoDestination" => "Lookup",
            "StormLimit" => "StormControl",
            "Answered" => "Responder",
            "InnerTag" => "Send",
            _ when test.Action != PolicyAction.Allow => "Policy",
            _ => "Send",
        };
        Assert.Equal((expected, test.Action), (last.Stage, last.Action));
        Assert.Equal(last.Detail, test.Explanation);
        Assert.All(told.SkipLast(1).Where(stage => stage.Reason is not "InnerTag"), stage => Assert.Equal(PolicyAction.Allow, stage.Action));
        var stages = test.Stage.Select(stage => stage.Stage).ToArray();
        Assert.Equal("Receive", stages[0]);
        string[] forFrame = ["Receive", "PortSecurity", "Learning", "Policy", "Responder", "Lookup", "StormControl"];
        string[] passed = [.. stages.TakeWhile(stage => forFrame.Contains(stage, StringComparer.Ordinal))];
        Assert.Equal(forFrame.Where(stage => passed.Contains(stage, StringComparer.Ordinal)), passed.Distinct(StringComparer.Ordinal));
    }

    /// <summary>Another configuration of the same records is taken over, and what was traced before counts for nothing; other records take another switch.</summary>
    [Fact]
    public void A_tracer_goes_on_with_changed_records_and_not_with_others()
    {
        MacFrameTest? seen = null;
        var tracer = new FrameTracer(Small, DecisionTable.Compile(Small), "a", nativeVlan: null, test => seen = test);
        tracer.Handle(Udp(MacA, MacB, A, B));
        Assert.Equal(["b"], seen!.To);
        var closed = Small with { Revision = 2, Vlans = [new VlanPolicies(10, PolicyAction.Deny, [])] };
        Assert.True(tracer.TryUse(closed, DecisionTable.Compile(closed)));
        tracer.Begin("a", test => seen = test);
        tracer.Handle(Udp(MacA, MacB, A, B));
        Assert.Equal((PolicyAction.Deny, 1L), (seen.Action, seen.Number));
        var moved = Small with { Revision = 3, Interfaces = [Small.Interfaces[0] with { MacAddress = Mac(Stranger) }, .. Small.Interfaces[1..]] };
        Assert.True(tracer.TryUse(moved, DecisionTable.Compile(moved)));
        tracer.Begin("a", test => seen = test);
        tracer.Handle(Udp(MacA, MacB, A, B));
        Assert.Equal(PortSecurityReasons.SourceMacNotAllowed.Name, seen.Reason);
        tracer.Handle(Udp(Stranger, MacB, A, B));
        Assert.Equal(["b"], seen.To);
        var other = Small with { Interfaces = [.. Small.Interfaces, Record("d", 10, Stranger, "10.0.0.14/24")] };
        Assert.False(tracer.TryUse(other, DecisionTable.Compile(other)));
        Assert.False(tracer.TryUse(Small with { Interfaces = [Small.Interfaces[0] with { Name = "z" }, .. Small.Interfaces[1..]] }, DecisionTable.Compile(Small)));
    }

    /// <summary>What a trace takes does not follow the number of records that it does not touch.</summary>
    [Fact]
    public void A_trace_after_the_first_takes_memory_for_what_it_touches_only()
    {
        var many = Small with
        {
            Interfaces = [.. Small.Interfaces, .. Enumerable.Range(0, 20_000).Select(i => Record($"far-{i}", 20, $"04:00:00:00:{i >> 8:x2}:{i & 255:x2}") with { InterfaceId = (1L << 32) + i })],
        };
        MacFrameTest? seen = null;
        var tracer = new FrameTracer(many, DecisionTable.Compile(many), "a", nativeVlan: null, test => seen = test);
        tracer.Handle(Udp(MacA, MacB, A, B));
        long before = GC.GetAllocatedBytesForCurrentThread();
        tracer.Begin("a", test => seen = test);
        tracer.Handle(Udp(MacA, MacB, A, B));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 20_000);
        Assert.Equal(["b"], seen!.To);
    }
}
