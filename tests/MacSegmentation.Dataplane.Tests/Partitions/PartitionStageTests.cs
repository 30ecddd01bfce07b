using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Flows;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Partitions;

/// <summary>What partitions say to the copies of frames, in what sequence of policies, and what they remember.</summary>
public class PartitionStageTests
{
    private static readonly MacInterface Web = Tagged(Record("web", 10, MacA, A + "/24"), "web");
    private static readonly MacInterface Db = Tagged(Record("db", 10, MacB, B + "/24"), "db");
    private static readonly MacInterface Ids = Record("ids", 10, MacC, C + "/24");

    private long revision;
    private long lastPolicy;

    [Fact]
    public void Without_a_policy_that_matches_the_default_action_of_the_VLAN_stands()
    {
        var allowing = Bridge(Of("web", 100));
        Assert.Equal("Allow DefaultAction: p-db", allowing.Send("p-web", Tcp(80)));
        var denying = Bridge(PolicyAction.Deny, Of("web", 100));
        Assert.Equal("Deny DefaultAction", denying.Send("p-web", Tcp(80)));
    }

    [Theory]
    [InlineData(PartitionAction.Deny, "Deny Partition")]
    [InlineData(PartitionAction.Drop, "Drop Partition")]
    [InlineData(PartitionAction.Allow, "Allow DefaultAction: p-db")]
    public void The_first_policy_that_matches_decides(PartitionAction action, string expected)
    {
        var bridge = Bridge(Of("web", 100, Policy("db", action) with { Protocol = IpProtocol.Tcp, Port = [new PortRange(80, 80)] }), Of("db", 50));
        Assert.Equal(expected, bridge.Send("p-web", Tcp(80)));
        Assert.Equal("Allow DefaultAction: p-db", bridge.Send("p-web", Tcp(81)));
        Assert.Equal("Allow DefaultAction: p-db", bridge.Send("p-web", Udp(MacA, MacB, A, B)));
    }

    [Fact]
    public void What_a_policy_admits_passes_though_the_VLAN_would_deny_it_and_so_do_its_replies()
    {
        var bridge = Bridge(PolicyAction.Deny, Of("web", 100, Policy("db", PartitionAction.Allow) with { Direction = TrafficDirection.Outbound, Protocol = IpProtocol.Tcp, Port = [new PortRange(5432, 5432)] }), Of("db", 50));
        Assert.Equal("Deny DefaultAction", bridge.Send("p-db", Tcp(22, MacB, MacA, B, A)));
        Assert.Equal("Allow AdmittedByPartition: p-db", bridge.Send("p-web", Tcp(5432)));
        Assert.Equal("Allow AdmittedByPartition: p-web", bridge.Send("p-db", Reply(5432)));
        Assert.Equal("Deny DefaultAction", bridge.Send("p-web", Tcp(22)));
    }

    [Fact]
    public void A_reply_of_what_was_admitted_passes_and_a_beginning_the_other_way_does_not()
    {
        var bridge = Bridge(
            Of("web", 100, Policy("db", PartitionAction.Allow) with { Direction = TrafficDirection.Outbound, Protocol = IpProtocol.Tcp, Port = [new PortRange(5432, 5432)] }, Policy("*", PartitionAction.Deny)),
            Of("db", 50));
        Assert.Equal("Deny Partition", bridge.Send("p-db", Udp(MacB, MacA, B, A)));
        Assert.Equal("Allow DefaultAction: p-db", bridge.Send("p-web", Tcp(5432)));
        Assert.Equal("Allow DefaultAction: p-web", bridge.Send("p-db", Reply(5432)));
        Assert.Equal("Deny Partition", bridge.Send("p-db", Reply(5433)));
        Assert.Equal("Deny Partition", bridge.Send("p-db", Tcp(5432, MacB, MacA, B, A)));
    }

    [Fact]
    public void A_flow_ends_with_the_policy_that_admitted_it_also_for_UDP()
    {
        var allow = Policy("db", PartitionAction.Allow) with { Direction = TrafficDirection.Outbound };
        var deny = Policy("*", PartitionAction.Deny);
        var bridge = Bridge(Of("web", 100, allow, deny), Of("db", 50));
        Assert.Equal("Allow DefaultAction: p-db", bridge.Send("p-web", Udp(MacA, MacB, A, B)));
        byte[] answer = new FrameBuilder(Mac(MacB), Mac(MacA)).Udp(IPAddress.Parse(B), IPAddress.Parse(A), 5000, 4000, new byte[64]);
        Assert.Equal("Allow DefaultAction: p-web", bridge.Send("p-db", answer));
        bridge.Use(Snapshot(PolicyAction.Allow, [Web, Db, Ids], Of("web", 100, deny), Of("db", 50)));
        Assert.Equal("Deny Partition", bridge.Send("p-db", answer));
        Assert.Equal("Deny Partition", bridge.Send("p-web", Udp(MacA, MacB, A, B)));
    }

    [Fact]
    public void A_tag_decides_over_the_next_frame_and_another_flow_loses_none()
    {
        var bridge = Bridge(Of("quarantined", 200, Policy("*", PartitionAction.Drop)), Of("web", 100, Policy("*", PartitionAction.Allow)));
        Assert.Equal("Allow DefaultAction: p-db", bridge.Send("p-web", Tcp(80)));
        bridge.Use(Snapshot(PolicyAction.Allow, [Tagged(Web, "web", "quarantined"), Db, Ids], [.. Partitions]));
        Assert.Equal("Drop Partition", bridge.Send("p-web", Tcp(80)));
        Assert.Equal("Drop Partition", bridge.Send("p-db", Reply(80)));
        Assert.Equal("Allow DefaultAction: p-ids", bridge.Send("p-db", Udp(MacB, MacC, B, C)));
        bridge.Use(Snapshot(PolicyAction.Allow, [Tagged(Web, "web"), Db, Ids], [.. Partitions]));
        Assert.Equal("Allow DefaultAction: p-db", bridge.Send("p-web", Tcp(80)));
    }

    [Fact]
    public void A_MAC_policy_that_matches_is_not_overruled()
    {
        var bridge = Bridge(PolicyAction.Allow, Of("web", 100, Policy("*", PartitionAction.Deny)));
        var policy = new MacPolicy { PolicyId = 1, VlanId = 10, Order = 1, SourceAddress = MacPattern.Exactly(Mac(MacA)), DestinationAddress = MacPattern.Any, Action = PolicyAction.Allow };
        var snapshot = Snapshot(PolicyAction.Allow, [Web, Db, Ids], [.. Partitions]) with { Vlans = [new VlanPolicies(10, PolicyAction.Allow, [policy])] };
        bridge.Use(snapshot);
        Assert.Equal("Allow Policy: p-db", bridge.Send("p-web", Tcp(80)));
        Assert.Equal("Deny Partition", bridge.Send("p-db", Tcp(80, MacB, MacA, B, A)));
    }

    [Fact]
    public void What_a_network_needs_passes_unless_a_policy_names_it()
    {
        var deny = Policy("*", PartitionAction.Deny);
        var bridge = Bridge(Of("web", 100, deny));
        Assert.Equal("Allow DefaultAction: p-db p-ids", bridge.Send("p-web", Arp(MacA, 1, A, B)));
        var naming = Bridge(Of("web", 100, deny, Policy("db", PartitionAction.Deny) with { EtherType = 0x0806 }), Of("db", 50));
        Assert.Equal("Allow DefaultAction: p-ids", naming.Send("p-web", Arp(MacA, 1, A, B)));
    }

    [Fact]
    public void A_flood_is_judged_copy_by_copy()
    {
        var bridge = Bridge(Of("web", 100, Policy("db", PartitionAction.Deny)), Of("db", 50));
        Assert.Equal("Allow DefaultAction: p-ids", bridge.Send("p-web", Udp(MacA, All, A, "10.0.0.255")));
    }

    [Fact]
    public void A_redirected_copy_leaves_by_the_other_port_and_a_missing_one_is_told()
    {
        var bridge = Bridge(Of("web", 100, Policy("db", PartitionAction.Redirect) with { To = "ids" }), Of("db", 50));
        Assert.Equal("Allow DefaultAction: p-ids", bridge.Send("p-web", Tcp(80)));
        var missing = Bridge(Of("web", 100, Policy("db", PartitionAction.Redirect) with { To = "nobody" }), Of("db", 50));
        Assert.Equal("Drop RedirectTargetMissing", missing.Send("p-web", Tcp(80)));
        Assert.Equal("Drop RedirectTargetMissing", missing.Send("p-web", Tcp(80)));
    }

    [Theory]
    [InlineData(PartitionAction.Allow, "Allow DefaultAction: p-db p-ids")]
    [InlineData(PartitionAction.Deny, "Deny Partition: p-ids")]
    public void A_mirror_copies_and_decides_nothing(PartitionAction other, string expected)
    {
        var bridge = Bridge(Of("web", 100, Policy("*", PartitionAction.Mirror) with { To = "ids" }, Policy("*", other)));
        Assert.Equal(expected, bridge.Send("p-web", Tcp(80)));
    }

    [Fact]
    public void What_is_staged_is_counted_and_decides_nothing()
    {
        var staged = Policy("*", PartitionAction.Deny) with { IsStaged = true };
        var bridge = Bridge(Of("web", 100, staged));
        Assert.Equal("Allow DefaultAction: p-db", bridge.Send("p-web", Tcp(80)));
        Assert.Equal("Allow DefaultAction: p-db", bridge.Send("p-web", Tcp(81)));
        var hits = Assert.Single(((IForwardingEngine)bridge.Switch).ReadPartitionHits());
        Assert.Equal((staged.PolicyId, true, 2L), (hits.Policy.PolicyId, hits.IsStaged, hits.Frames));
    }

    [Fact]
    public void A_denial_names_the_policy_and_the_tags_and_partitions_of_both_ends()
    {
        var bridge = Bridge(Of("web", 100, Policy("*", PartitionAction.Deny)), Of("db", 50));
        Assert.Equal("Deny Partition", bridge.Send("p-web", Tcp(80)));
        string detail = Assert.Single(bridge.TakeEvents()).Detail!;
        Assert.Contains("partition 'web'", detail, StringComparison.Ordinal);
        Assert.Contains("tagged web in web", detail, StringComparison.Ordinal);
        Assert.Contains("tagged db in db", detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_behind_an_uplink_is_known_by_its_address()
    {
        var snapshot = Snapshot(PolicyAction.Allow, [Web, Db], Of("web", 100, Policy("db", PartitionAction.Deny) with { Direction = TrafficDirection.Outbound }), Of("db", 50));
        var bridge = new TestBridge(snapshot, [PortOf("db"), Uplink("up", 10)]);
        Assert.Equal("Deny Partition", bridge.Send("up", Tcp(80, MacA, MacB, A, B, vlan: 10)));
        Assert.Equal("Allow DefaultAction: up", bridge.Send("p-db", Tcp(80, MacB, MacA, B, A)));
    }

    private List<MacPartition> Partitions { get; } = [];

    private static MacInterface Tagged(MacInterface record, params string[] tags) => record with { Tag = [.. tags.Select(MacTag.OfText)] };

    private static byte[] Tcp(int port, string source = MacA, string destination = MacB, string from = A, string to = B, int? vlan = null) =>
        new FrameBuilder(Mac(source), Mac(destination), vlan).IP(IPAddress.Parse(from), IPAddress.Parse(to), TestPacket.Tcp, Segment(40_000, port, TcpFlags.Synchronize));

    private static byte[] Reply(int port) =>
        new FrameBuilder(Mac(MacB), Mac(MacA)).IP(IPAddress.Parse(B), IPAddress.Parse(A), TestPacket.Tcp, Segment(port, 40_000, TcpFlags.Synchronize | TcpFlags.Acknowledge));

    private static byte[] Segment(int source, int destination, byte flags) =>
        [(byte)(source >> 8), (byte)source, (byte)(destination >> 8), (byte)destination, 0, 0, 0, 0, 0, 0, 0, 0, 5 << 4, flags, 0, 0, 0, 0, 0, 0];

    private MacPartitionPolicy Policy(string peer, PartitionAction action) => new()
    {
        PolicyId = ++lastPolicy,
        Partition = string.Empty,
        Peer = PartitionPeer.Parse(peer, provider: null),
        Action = action,
    };

    /// <summary>The partition of the records with the tag of its name.</summary>
    private static MacPartition Of(string name, int priority, params MacPartitionPolicy[] policies) => new()
    {
        Id = priority,
        Name = name,
        Priority = priority,
        Tag = [MacTag.OfText(name)],
        Policy = [.. policies.Select((policy, place) => policy with { Partition = name, Order = place + 1 })],
    };

    private TestBridge Bridge(params MacPartition[] partitions) => Bridge(PolicyAction.Allow, partitions);

    private TestBridge Bridge(PolicyAction defaultAction, params MacPartition[] partitions)
    {
        Partitions.Clear();
        Partitions.AddRange(partitions);
        return new TestBridge(Snapshot(defaultAction, [Web, Db, Ids], partitions), [PortOf("web"), PortOf("db"), PortOf("ids")]);
    }

    private ConfigurationSnapshot Snapshot(PolicyAction defaultAction, MacInterface[] records, params MacPartition[] partitions) =>
        new ConfigurationSnapshot(++revision, [new VlanPolicies(10, defaultAction, [])]) { Interfaces = [.. records] }.With([.. partitions]);
}
