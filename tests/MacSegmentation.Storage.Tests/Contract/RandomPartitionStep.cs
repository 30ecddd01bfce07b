using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;

namespace MacSegmentation.Stores.Contract;

/// <summary>The changes of tags, partitions and their policies among the random ones, drawn from the same numbers: few names, few numbers, few tags.</summary>
internal static class RandomPartitionStep
{
    public const int Kinds = 18;

    /// <summary>Tags of every kind that SQL and JSON could mistake for each other.</summary>
    public static readonly MacTag[] Tags =
    [
        MacTag.OfText("prod"),
        MacTag.OfText("Prod"),
        MacTag.OfText("42"),
        MacTag.OfInteger(42),
        MacTag.OfInteger(long.MinValue),
        MacTag.OfJson("""{"env":"prod","n":1e21}"""),
        MacTag.OfJson("""{"env":"test","text":"\u0000' \u00e4\ud83d\ude00\ufb33"}"""),
        MacTag.OfJson("[1,[2.5],null,true]"),
    ];

    private static readonly string[] Partitions = ["prod", "PROD", "shop-db", "\u00fc", "\u00dc"];

    public static string Apply(IStoreWriter writer, int kind, RandomStep step)
    {
        string partition = Partitions[step.Order % Partitions.Length];
        return kind switch
        {
            0 or 1 => StoreDescription.Of(PartitionCatalog.Create(writer, Request(partition, step))),
            2 => StoreDescription.Of(PartitionCatalog.Change(writer, partition, Change(step))),
            3 => StoreDescription.Of(PartitionCatalog.Remove(writer, partition)),
            4 or 5 => StoreDescription.Of(PartitionCatalog.AddPolicy(writer, Policy(partition, step))),
            6 => StoreDescription.Of(PartitionCatalog.ChangePolicy(writer, AnyPolicy(writer, step), _ => Policy(partition, step))),
            7 => step.Slot % 4 > 0
                ? StoreDescription.Of(PartitionCatalog.RemovePolicy(writer, AnyPolicy(writer, step)))
                : PartitionCatalog.Change(writer, new PartitionSettings { ConflictResolution = (ConflictResolution)(step.Order % 2), IdReuseDelay = TimeSpan.FromSeconds(step.Slot * 2) }).ToString(),
            >= 14 => RandomProfileStep.Apply(writer, kind - 14, step),
            >= 10 => RandomTriggerStep.Apply(writer, kind - 10, step),
            _ => StoreDescription.Of(InterfaceCatalog.Change(writer, writer.ListInterfaces() is [var first, ..] ? first.Name : "nobody", Tagging(step))),
        };
    }

    private static PartitionRequest Request(string name, RandomStep step) => new()
    {
        Name = name,
        Id = step.Flag ? (step.Slot % 4) + 1 : null,
        TakesRetiredId = step.Instance == 0,
        Priority = step.Slot * 1000,
        Match = (PartitionMatch)(step.Order % 2),
        Tag = Some(step.Slot),
        NotTag = Some(step.Slot / 8),
        IsStaged = step.Instance == 1,
    };

    private static PartitionChange Change(RandomStep step) => (step.Slot % 3) switch
    {
        0 => new PartitionChange { Priority = step.Slot, Match = (PartitionMatch)(step.Instance % 2) },
        1 => new PartitionChange { Tag = Some(step.Slot), NotTag = Some(step.Order) },
        _ => new PartitionChange { IsStaged = step.Flag },
    };

    private static PartitionPolicyRequest Policy(string partition, RandomStep step) => new()
    {
        Partition = partition,
        Peer = step.Instance switch { 0 => PartitionPeer.Any, 1 => PartitionPeer.OfVlan(step.Vlan), _ => PartitionPeer.OfPartition(Partitions[step.Slot % Partitions.Length]) },
        Direction = (step.Slot % 3) switch { 0 => TrafficDirection.Inbound, 1 => TrafficDirection.Outbound, _ => null },
        EtherType = step.Slot % 5 == 0 ? 0x86DD : null,
        Protocol = step.Order switch { 0 => IpProtocol.Any, 1 => new IpProtocol(0), 2 => new IpProtocol((byte)step.Slot), _ => IpProtocol.Udp },
        Port = step.Order >= 3 ? [new PortRange((ushort)step.Slot, 80), new PortRange(65535, 65535)] : [],
        Action = (PartitionAction)(step.Slot % 5),
        To = step.Slot % 5 > 2 ? "Port 1" : null,
        Order = step.Flag ? step.Order + 1 : null,
        IsStaged = step.Order == 4,
    };

    private static InterfaceChange Tagging(RandomStep step) => (step.Instance, step.Flag) switch
    {
        (0, _) => new InterfaceChange { Tag = Some(step.Slot) },
        (_, true) => new InterfaceChange { AddTag = Some(step.Slot) },
        _ => new InterfaceChange { RemoveTag = Some(step.Slot) },
    };

    /// <summary>The tags whose bits are set.</summary>
    public static MacTag[] Some(int bits) => [.. Tags.Where((_, place) => ((bits * 37) & (1 << place)) != 0)];

    private static long AnyPolicy(IStoreReader reader, RandomStep step) =>
        reader.ListPartitions().SelectMany(partition => partition.Policy).ToList() is { Count: > 0 } policies ? policies[step.Slot % policies.Count].PolicyId : 0;
}
