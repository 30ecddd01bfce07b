using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Carriers;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Partitions;

/// <summary>What a carrier says of a frame's source is judged by, and what it is told.</summary>
public class CarriedPartitionTests
{
    private static readonly MacInterface Web = Record("web", 10, MacA, A + "/24") with { Tag = [MacTag.OfText("web"), MacTag.OfText("all")] };
    private static readonly MacInterface Db = Record("db", 10, MacB, B + "/24") with { Tag = [MacTag.OfText("db")] };

    private long lastPolicy;

    [Fact]
    public void The_number_that_a_carrier_says_is_the_class_of_a_source_that_is_no_record_here()
    {
        var net = new Net([Db], Of("web", 7, Policy("db", PartitionAction.Deny)), Of("db", 8));
        Assert.Equal("Allow DefaultAction", net.Pass("tunnel", Udp(Stranger, MacB, C, B), default));
        Assert.Equal("Deny Partition", net.Pass("tunnel", Udp(Stranger, MacB, C, B), new PartitionTag(7)));
        Assert.Equal("Allow DefaultAction", net.Pass("tunnel", Udp(Stranger, MacB, C, B), new PartitionTag(9)));
    }

    [Fact]
    public void A_port_of_a_record_is_of_the_record_s_class_whatever_its_frames_say()
    {
        var net = new Net([Db], Of("web", 7, Policy("*", PartitionAction.Deny)), Of("db", 8));
        Assert.Equal("Allow DefaultAction", net.Pass("p-db", Udp(MacB, Stranger, B, C), new PartitionTag(7)));
        Assert.Equal(new PartitionTag(8), net.Sent);
    }

    [Fact]
    public void What_was_judged_is_not_judged_again_and_its_replies_pass()
    {
        var net = new Net([Db], Of("db", 8, Policy("*", PartitionAction.Deny)));
        var flow = (Builder: new FrameBuilder(Mac(Stranger), Mac(MacB)), From: IPAddress.Parse(C), To: IPAddress.Parse(B));
        byte[] question = flow.Builder.Udp(flow.From, flow.To, 4000, 5000, new byte[20]);
        byte[] reply = new FrameBuilder(Mac(MacB), Mac(Stranger)).Udp(flow.To, flow.From, 5000, 4000, new byte[20]);
        Assert.Equal("Deny Partition", net.Pass("tunnel", question, default));
        Assert.Equal("Deny Partition", net.Pass("p-db", reply, default));
        Assert.Equal("Allow DefaultAction", net.Pass("tunnel", question, new PartitionTag(0, IsApplied: true)));
        Assert.Equal("Allow DefaultAction", net.Pass("p-db", reply, default));
        Assert.Equal("Deny Partition", net.Pass("p-db", Udp(MacB, Stranger, B, "10.0.0.77"), default));
    }

    [Theory]
    [InlineData(PolicyAction.Allow, "Allow DefaultAction")]
    [InlineData(PolicyAction.Deny, "Allow AdmittedByPartition")]
    public void A_reply_passes_whatever_partition_its_carrier_says(PolicyAction defaultAction, string expected)
    {
        // What the database begins is admitted by its own partition or by the VLAN; that the other end is in a partition shows with the reply.
        var net = new Net(defaultAction, [Db], Of("outside", 7, Policy("*", PartitionAction.Deny) with { Direction = TrafficDirection.Outbound }), Of("db", 8, Policy("*", PartitionAction.Allow) with { Direction = TrafficDirection.Outbound }));
        byte[] question = new FrameBuilder(Mac(MacB), Mac(Stranger)).Udp(IPAddress.Parse(B), IPAddress.Parse(C), 4000, 5000, new byte[20]);
        byte[] reply = new FrameBuilder(Mac(Stranger), Mac(MacB)).Udp(IPAddress.Parse(C), IPAddress.Parse(B), 5000, 4000, new byte[20]);
        Assert.Equal("Deny Partition", net.Pass("tunnel", reply, new PartitionTag(7)));
        Assert.Equal(expected, net.Pass("p-db", question, default));
        Assert.Equal(expected, net.Pass("tunnel", reply, new PartitionTag(7)));
    }

    [Fact]
    public void What_was_admitted_elsewhere_passes_though_the_VLAN_s_default_action_would_not_let_it()
    {
        var net = new Net(PolicyAction.Deny, [Db], Of("db", 8));
        Assert.Equal("Deny DefaultAction", net.Pass("tunnel", Udp(Stranger, MacB, C, B), default));
        Assert.Equal("Allow AdmittedByPartition", net.Pass("tunnel", Udp(Stranger, MacB, C, B), new PartitionTag(0, IsApplied: true)));
    }

    [Fact]
    public void The_partition_with_the_greatest_priority_is_told_then_the_first_by_name_and_no_staged_one()
    {
        var web = Of("web", 7);
        var all = Of("all", 9);
        Assert.Equal(new PartitionTag(7), TagOf(web with { Priority = 200 }, all));
        Assert.Equal(new PartitionTag(9), TagOf(web, all with { Priority = 200 }));
        Assert.Equal(new PartitionTag(9), TagOf(web, all));
        Assert.Equal(new PartitionTag(7), TagOf(web, all with { Priority = 200, IsStaged = true }));

        static PartitionTag TagOf(params MacPartition[] partitions)
        {
            var net = new Net([Web], partitions);
            Assert.Equal("Allow DefaultAction", net.Pass("p-web", Udp(MacA, Stranger, A, C), default));
            return net.Sent;
        }
    }

    [Fact]
    public void It_is_told_that_a_frame_was_judged_where_its_destination_is_a_record_of_a_partition()
    {
        // The database has a record, and no port here: it is behind the tunnel.
        var net = new Net([Web], [Db], PolicyAction.Allow, Of("web", 7), Of("db", 8));
        Assert.Equal("Allow DefaultAction", net.Pass("p-web", Udp(MacA, MacB, A, B), default));
        Assert.Equal(new PartitionTag(7, IsApplied: true), net.Sent);
        Assert.Equal("Allow DefaultAction", net.Pass("p-web", Udp(MacA, All, A, "255.255.255.255"), default));
        Assert.Equal(new PartitionTag(7), net.Sent);
    }

    [Fact]
    public void What_comes_by_one_carrier_and_leaves_by_another_keeps_what_was_said()
    {
        var net = new Net([Web], Of("web", 7));
        var said = new PartitionTag(4711, IsApplied: true, IsNotLearned: true);
        Assert.Equal("Allow DefaultAction", net.Pass("other", Udp(Stranger, All, C, "255.255.255.255"), said));
        Assert.Equal(said, net.Sent);
    }

    [Fact]
    public void A_source_that_is_not_to_be_learned_is_not()
    {
        var net = new Net([Web], Of("web", 7));
        net.Pass("tunnel", Udp(Stranger, MacA, C, A), new PartitionTag(0, IsNotLearned: true), endpoint: 2);
        Assert.DoesNotContain(net.Switch.ListForwardingEntries(), entry => entry.MacAddress == Mac(Stranger));
        net.Pass("tunnel", Udp(Stranger, MacA, C, A), default, endpoint: 2);
        Assert.Contains(net.Switch.ListForwardingEntries(), entry => entry.MacAddress == Mac(Stranger));
    }

    [Fact]
    public void A_frame_goes_to_the_endpoint_that_its_destination_was_seen_at_and_to_all_once_that_has_aged()
    {
        var net = new Net([Web], Of("web", 7));
        net.Pass("tunnel", Udp(Stranger, MacA, C, A), default, endpoint: 2);
        net.Pass("p-web", Udp(MacA, Stranger, A, C), default);
        Assert.Equal(2, net.Endpoint);
        net.Advance(TimeSpan.FromHours(1));
        net.Pass("p-web", Udp(MacA, Stranger, A, C), default);
        Assert.Equal(0, net.Endpoint);
    }

    [Fact]
    public void A_mirror_goes_to_all_endpoints_whichever_the_frame_came_from()
    {
        var net = new Net([Db], Of("web", 7, Policy("*", PartitionAction.Mirror) with { To = "tunnel" }), Of("db", 8));
        net.Pass("other", Udp(Stranger, MacB, C, B), new PartitionTag(7), endpoint: 2);
        Assert.Equal((0, new PartitionTag(7, IsApplied: false)), (net.Endpoint, net.Sent));
    }

    [Fact]
    public void An_answer_goes_back_to_the_endpoint_that_asked()
    {
        var net = new Net([Web], [], PolicyAction.Allow, isResponder: true);
        Assert.Equal("Allow Answered", net.Pass("tunnel", Arp(Stranger, 1, C, A), default, endpoint: 3));
        Assert.Equal(3, net.Endpoint);
    }

    private static MacPartition Of(string name, int id, params MacPartitionPolicy[] policies) => new()
    {
        Id = id,
        Name = name,
        Tag = [MacTag.OfText(name)],
        Policy = [.. policies.Select((policy, place) => policy with { Partition = name, Order = place + 1 })],
    };

    private MacPartitionPolicy Policy(string peer, PartitionAction action) => new()
    {
        PolicyId = ++lastPolicy,
        Partition = string.Empty,
        Peer = PartitionPeer.Parse(peer, provider: null),
        Action = action,
    };

    /// <summary>A switch with ports of records, and two tunnels that tell partitions.</summary>
    private sealed class Net
    {
        private readonly Dictionary<string, CarrierSink> sinks;
        private long now = 1_000_000_000_000_000_000;

        public Net(MacInterface[] records, params MacPartition[] partitions)
            : this(PolicyAction.Allow, records, partitions)
        {
        }

        public Net(PolicyAction defaultAction, MacInterface[] records, params MacPartition[] partitions)
            : this(records, [], defaultAction, partitions)
        {
        }

        public Net(MacInterface[] records, MacInterface[] others, PolicyAction defaultAction, params MacPartition[] partitions)
            : this(records, others, defaultAction, isResponder: false, partitions)
        {
        }

        public Net(MacInterface[] records, MacInterface[] others, PolicyAction defaultAction, bool isResponder, params MacPartition[] partitions)
        {
            SwitchPortSettings[] ports =
            [
                .. records.Select(record => PortOf(record.Name)),
                .. new[] { "tunnel", "other" }.Select(name => new SwitchPortSettings { Adapter = name, Vlans = [10], Tunnel = TunnelSettings.Parse(TunnelKind.Vxlan, "vni=5000,remote=10.1.0.2,gbp") }),
            ];
            sinks = ports.ToDictionary(port => port.Adapter, port => new CarrierSink(port.Adapter), StringComparer.Ordinal);
            var assignments = ports.Select(port => new SwitchPortAssignment(port, new MemorySource(port.Adapter), sinks[port.Adapter]));
            Switch = new MacSwitch(new SwitchLayout([.. assignments], new SwitchOptions { LearningPeriod = TimeSpan.Zero }), new EnforcerOptions(), new EnforcerEventQueue(capacity: 100));
            var snapshot = new ConfigurationSnapshot(1, [new VlanPolicies(10, defaultAction, []) { ArpResponder = isResponder }]) { Interfaces = [.. records, .. others] }.With([.. partitions]);
            ((IForwardingEngine)Switch).Prepare(snapshot, DecisionTable.Compile(snapshot))();
        }

        public MacSwitch Switch { get; }

        /// <summary>What the tunnel was told last.</summary>
        public PartitionTag Sent => PartitionTag.Of(sinks["tunnel"].Last.CarrierTag);

        /// <summary>Which of the tunnel's endpoints the last frame was for.</summary>
        public int Endpoint => sinks["tunnel"].Last.Endpoint;

        public void Advance(TimeSpan time) => now += time.Ticks * TimeSpan.NanosecondsPerTick;

        public string Pass(string port, byte[] frame, PartitionTag tag, int endpoint = 0)
        {
            var none = default(NoTrace);
            Switch.Enter();
            var verdict = Switch.Forward(
                Switch.Ports.Single(one => string.Equals(one.Source.Name, port, StringComparison.Ordinal)), new Frame(frame, frame.Length, now) { CarrierTag = tag.Value, Endpoint = endpoint }, ref none);
            Switch.Exit();
            return $"{verdict.Action} {verdict.Reason}";
        }
    }

    private sealed class CarrierSink(string name) : IFrameSink
    {
        public string Name => name;

        public (int Endpoint, uint CarrierTag) Last { get; private set; }

        public bool Send(in Frame frame)
        {
            Last = (frame.Endpoint, frame.CarrierTag);
            return true;
        }

        public int Flush() => 0;

        public void Dispose()
        {
        }
    }
}
