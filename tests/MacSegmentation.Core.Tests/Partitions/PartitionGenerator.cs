using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>Partitions of few tags and names whose policies meet often.</summary>
internal static class PartitionGenerator
{
    private static readonly string[] Names = ["a", "B", "c", "\u00e4"];

    /// <summary>A record's tags.</summary>
    public static Gen<MacTag[]> Tags { get; } = from count in Gen.Choose(0, 4) from tags in TagGenerator.Crowded.ArrayOf(count) select tags.Distinct().ToArray();

    /// <summary>A policy of any of the partitions.</summary>
    public static Gen<MacPartitionPolicy> Policy { get; } =
        from partition in Gen.Elements(Names)
        from order in Gen.Choose(1, 3)
        from peer in Gen.OneOf(Gen.Constant(PartitionPeer.Any), Gen.Elements(PartitionPeer.OfVlan(10), PartitionPeer.OfVlan(20)), Gen.Elements(Names).Select(name => PartitionPeer.OfPartition(name.ToUpperInvariant())))
        from direction in Gen.Elements<TrafficDirection?>(null, TrafficDirection.Inbound, TrafficDirection.Outbound)
        from etherType in Gen.Elements<int?>(null, 0x0800, 0x86DD, 0x88CC)
        from protocol in Gen.Elements(IpProtocol.Any, IpProtocol.Any, IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp)
        from ports in Gen.Elements<PortRange[]>([], [], [new(80, 80)], [new(80, 90)], [new(80, 80), new(443, 443)], [new(0, 65535)])
        from action in Gen.Elements(Enum.GetValues<PartitionAction>())
        from staged in Gen.Choose(0, 4)
        select new MacPartitionPolicy
        {
            Partition = partition,
            Order = order,
            Peer = peer,
            Direction = direction,
            EtherType = etherType is 0x88CC && protocol != IpProtocol.Any ? null : etherType,
            Protocol = protocol,
            Port = protocol.HasPorts ? ports : [],
            Action = action,
            To = action is PartitionAction.Redirect or PartitionAction.Mirror ? "probe" : null,
            IsStaged = staged == 0,
        };

    /// <summary>A policy with few priorities.</summary>
    public static Gen<RankedPolicy> Ranked { get; } = from policy in Policy from priority in Gen.Elements(0, 100, 65535) select new RankedPolicy(policy, priority, policy.IsStaged);

    /// <summary>A store's partitions with their policies, each with its own place and number.</summary>
    public static Gen<MacPartition[]> Store { get; } =
        from count in Gen.Choose(1, Names.Length)
        from partitions in Partition.ArrayOf(count)
        from policies in Policy.ArrayOf(12)
        select partitions.Select((partition, place) => partition with
        {
            Id = place + 1,
            Name = Names[place],
            Policy =
            [
                .. policies.Index().Where(one => string.Equals(one.Item.Partition, Names[place], StringComparison.Ordinal)).Select((one, order) => one.Item with { PolicyId = one.Index + 1, Order = order + 1 }),
            ],
        }).ToArray();

    private static Gen<MacPartition> Partition =>
        from match in Gen.Elements(PartitionMatch.All, PartitionMatch.Any)
        from tags in Tags
        from lacking in Gen.Frequency((2, Gen.Constant(Array.Empty<MacTag>())), (1, Tags))
        from priority in Gen.Elements(0, 100, 100, 200)
        from staged in Gen.Choose(0, 5)
        select new MacPartition { Name = string.Empty, Match = match, Tag = tags, NotTag = lacking, Priority = priority, IsStaged = staged == 0 };
}
