using System.Net;
using FsCheck;
using FsCheck.Fluent;
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

namespace MacSegmentation.Partitions;

/// <summary>The compiled stage against the definition, evaluated as it is written, for what begins a flow.</summary>
public class PartitionModelTests
{
    private const int RecordCount = 4;
    private static readonly string[] Tags = ["a", "b", "c"];

    /// <summary>Random tags, partitions and policies, and after them other tags: each first packet meets what the definition says.</summary>
    [Fact]
    public void Says_what_the_definition_says()
    {
        var tags = Gen.ListOf(Gen.Elements(Tags)).Select(list => list.Distinct().Take(3).ToArray());
        var policy =
            from peer in Gen.Elements("*", "p0", "p1", "p2", "vlan:10", "vlan:20")
            from direction in Gen.Elements<TrafficDirection?>(null, TrafficDirection.Inbound, TrafficDirection.Outbound)
            from protocol in Gen.Elements(IpProtocol.Any, IpProtocol.Tcp, IpProtocol.Udp)
            from ports in Gen.Elements<PortRange[]>([], [new PortRange(80, 80)], [new PortRange(50, 90)])
            from action in Gen.Elements(PartitionAction.Allow, PartitionAction.Deny, PartitionAction.Drop)
            select (peer, direction, protocol, ports: protocol.HasPorts ? ports : [], action);
        var partition =
            from priority in Gen.Choose(1, 3)
            from match in Gen.Elements(PartitionMatch.All, PartitionMatch.Any)
            from own in Gen.Elements(Tags)
            from second in Gen.Elements<string?>(null, "a", "b")
            from policies in Gen.ListOf(policy)
            select (priority, match, own, second, policies: policies.Take(4).ToArray());
        var world =
            from first in Gen.ArrayOf(tags, RecordCount)
            from second in Gen.ArrayOf(tags, RecordCount)
            from partitions in Gen.ArrayOf(partition, 3)
            from closed in Gen.Elements(PolicyAction.Allow, PolicyAction.Deny)
            from resolution in Gen.Elements(ConflictResolution.HighestPriority, ConflictResolution.Strictest)
            select (first, second, partitions, closed, resolution);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(world.ToArbitrary(), given =>
        {
            MacPartition[] partitions = [.. given.partitions.Select((one, place) => new MacPartition
            {
                Id = place + 1,
                Name = $"p{place}",
                Priority = one.priority,
                Match = one.match,
                Tag = [.. new[] { one.own, one.second }.OfType<string>().Distinct().Select(MacTag.OfText)],
                Policy = [.. one.policies.Select((policy, order) => new MacPartitionPolicy
                {
                    PolicyId = (place * 10) + order + 1,
                    Partition = $"p{place}",
                    Order = order + 1,
                    Peer = PartitionPeer.Parse(policy.peer, provider: null),
                    Direction = policy.direction,
                    Protocol = policy.protocol,
                    Port = policy.ports,
                    Action = policy.action,
                })],
            })];
            var settings = new PartitionSettings { ConflictResolution = given.resolution };
            var bridge = new TestBridge(Snapshot(1, given.first, partitions, settings, given.closed), [.. Enumerable.Range(0, RecordCount).Select(number => TestBridge.PortOf($"r{number}"))]);
            Compare(bridge, given.first, partitions, given.resolution, given.closed, sourcePort: 1000);
            bridge.Use(Snapshot(2, given.second, partitions, settings, given.closed));
            Compare(bridge, given.second, partitions, given.resolution, given.closed, sourcePort: 2000);
        }));
    }

    private static void Compare(TestBridge bridge, string[][] tags, MacPartition[] partitions, ConflictResolution resolution, PolicyAction closed, int sourcePort)
    {
        for (int from = 0; from < RecordCount; from++)
        {
            for (int to = 0; to < RecordCount; to++)
            {
                foreach (var (protocol, port) in from == to ? [] : new[] { (IpProtocol.Tcp, 80), (IpProtocol.Tcp, 443), (IpProtocol.Udp, 80), (IpProtocol.Udp, 60) })
                {
                    // Another source port for each: no packet belongs to a flow.
                    sourcePort++;
                    string expected = Expected(tags[from], tags[to], partitions, resolution, closed, protocol, port);
                    string actual = bridge.Send($"p-r{from}", Packet(from, to, protocol, sourcePort, port)).Split(' ')[0];
                    Assert.True(string.Equals(expected, actual, StringComparison.Ordinal), $"from {string.Join(',', tags[from])} to {string.Join(',', tags[to])}, {protocol} {port}: {actual} instead of {expected}");
                }
            }
        }
    }

    /// <summary>The definition: all policies of both ends that match, and of them the one that nobody comes before.</summary>
    private static string Expected(string[] source, string[] to, MacPartition[] partitions, ConflictResolution resolution, PolicyAction closed, IpProtocol protocol, int port)
    {
        bool IsIn(MacPartition partition, string[] tags) => partition.Match == PartitionMatch.All
            ? partition.Tag.All(tag => tags.Contains(tag.ToString()))
            : partition.Tag.Any(tag => tags.Contains(tag.ToString()));
        bool IsPeer(PartitionPeer peer, string[] tags) =>
            peer == PartitionPeer.Any || peer.VlanId == 10 || (peer.PartitionName is { } name && IsIn(partitions.Single(partition => string.Equals(partition.Name, name, StringComparison.Ordinal)), tags));
        var matching = partitions
            .SelectMany(partition => partition.Policy.Select(policy => (partition, policy)))
            .Where(one => (one.policy.Protocol == IpProtocol.Any || one.policy.Protocol == protocol)
                && (one.policy.Port.Count == 0 || one.policy.Port.Any(range => range.First <= port && port <= range.Last)))
            .Where(one => (IsIn(one.partition, source) && one.policy.Direction != TrafficDirection.Inbound && IsPeer(one.policy.Peer, to))
                || (IsIn(one.partition, to) && one.policy.Direction != TrafficDirection.Outbound && IsPeer(one.policy.Peer, source)));
        int strictness(MacPartitionPolicy policy) => Array.IndexOf([PartitionAction.Drop, PartitionAction.Deny, PartitionAction.Redirect, PartitionAction.Allow], policy.Action);
        var deciding = matching
            .OrderBy(one => resolution == ConflictResolution.Strictest ? strictness(one.policy) : 0)
            .ThenByDescending(one => one.partition.Priority)
            .ThenBy(one => one.policy.Peer.PartitionName is not null ? 0 : one.policy.Peer.VlanId > 0 ? 1 : 2)
            .ThenBy(one => one.policy.Protocol == IpProtocol.Any)
            .ThenBy(one => one.policy.Port.Count == 0 ? 65_536 : one.policy.Port.Sum(range => range.Last - range.First + 1))
            .ThenBy(one => one.policy.Direction is null)
            .ThenBy(one => strictness(one.policy))
            .ThenBy(one => one.partition.Name, StringComparer.Ordinal)
            .ThenBy(one => one.policy.Order)
            .Select(one => one.policy.Action.ToString())
            .FirstOrDefault();
        return deciding ?? closed.ToString();
    }

    private static byte[] Packet(int from, int to, IpProtocol protocol, int sourcePort, int destinationPort)
    {
        byte[] header = [(byte)(sourcePort >> 8), (byte)sourcePort, (byte)(destinationPort >> 8), (byte)destinationPort, 0, 28, 0, 0, 0, 0, 0, 0, 5 << 4, TcpFlags.Synchronize, 0, 0, 0, 0, 0, 0];
        return new FrameBuilder(Mac(from), Mac(to)).IP(Address(from), Address(to), protocol.Number!.Value, header);
    }

    private static MacAddress Mac(int number) => new(0x0200_0000_0010 + (ulong)number);

    private static IPAddress Address(int number) => new([10, 0, 0, (byte)(20 + number)]);

    private static ConfigurationSnapshot Snapshot(long revision, string[][] tags, MacPartition[] partitions, PartitionSettings settings, PolicyAction closed) =>
        new ConfigurationSnapshot(revision, [new VlanPolicies(10, closed, [])])
        {
            Interfaces = [.. tags.Select((own, number) => TestBridge.Record($"r{number}", 10, Mac(number).ToString(), $"{Address(number)}/24") with
            {
                InterfaceId = number + 1,
                Tag = [.. own.Select(MacTag.OfText)],
            })],
        }.With([.. partitions]).With([settings]);
}
