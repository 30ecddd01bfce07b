using MacSegmentation.Addressing;
using MacSegmentation.Partitions;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;

namespace MacSegmentation.Configuration;

/// <summary>Legal partitions of so few names, numbers and tags that two documents dispute all of them.</summary>
internal static class PartitionDocumentGenerator
{
    private static readonly MacTag[] Known =
    [
        MacTag.OfText("prod"), MacTag.OfText("n\u00e4me \"1\""), MacTag.OfText("42"), MacTag.OfInteger(42), MacTag.OfInteger(-9_007_199_254_740_993),
        MacTag.OfJson("""{"app":"shop","n":[1e21,-0.5,null]}"""), MacTag.OfJson("[]"),
    ];

    private static readonly (IpProtocol Protocol, PortRange[] Ports, int? EtherType)[] Services =
        [(IpProtocol.Any, [], null), (IpProtocol.Any, [], 0x88CC), (IpProtocol.Tcp, [new(80, 80), new(8000, 8080)], null), (IpProtocol.Udp, [], 0x86DD), (new IpProtocol(112), [], 0x0800)];

    /// <summary>Tags of a record or a partition.</summary>
    public static MacTag[] Tags(Random random) => [.. Known.Where(_ => random.Next(4) == 0)];

    /// <summary>Partitions whose policies name each other and the VLANs of the document.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="vlanIds">The VLANs of the document.</param>
    /// <param name="choices">True to leave some numbers open.</param>
    public static PartitionConfiguration[] Make(Random random, int[] vlanIds, bool choices)
    {
        string[] names = [.. new[] { "shop", "db", "\u00fcber", "x" }.Where(_ => random.Next(3) > 0).Select(name => random.Next(4) == 0 ? name.ToUpperInvariant() : name)];
        random.Shuffle(names);
        int[] numbers = [1, 2, 3, 65535];
        random.Shuffle(numbers);
        return [.. names.Select((name, place) => new PartitionConfiguration
        {
            Name = name,
            Id = choices && random.Next(2) == 0 ? null : numbers[place],
            Priority = random.Next(3) * 100,
            Match = (PartitionMatch)random.Next(2),
            Tags = Tags(random),
            NotTags = [MacTag.OfText("never"), .. Tags(random)],
            IsStaged = random.Next(4) == 0,
            Policies = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Policy(random, names, vlanIds)).DistinctBy(policy => PartitionCatalog.MakePolicy(policy.ToRequest(name, 1)).ToString())],
        })];
    }

    private static PartitionPolicyConfiguration Policy(Random random, string[] names, int[] vlanIds)
    {
        var (protocol, ports, etherType) = Services[random.Next(Services.Length)];
        var action = (PartitionAction)random.Next(5);
        int peer = random.Next(3);
        return new PartitionPolicyConfiguration
        {
            Peer = peer == 0 ? PartitionPeer.OfPartition(names[random.Next(names.Length)]) : peer == 1 && vlanIds.Length > 0 ? PartitionPeer.OfVlan(vlanIds[random.Next(vlanIds.Length)]) : PartitionPeer.Any,
            Direction = random.Next(3) switch { 0 => TrafficDirection.Inbound, 1 => TrafficDirection.Outbound, _ => null },
            EtherType = etherType,
            Protocol = protocol,
            Ports = ports,
            Action = action,
            To = action is PartitionAction.Redirect or PartitionAction.Mirror ? (random.Next(2) == 0 ? "probe" : "eth*\"1") : null,
            IsStaged = random.Next(4) == 0,
        };
    }
}
