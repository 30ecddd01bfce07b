using MacSegmentation.Documents;
using MacSegmentation.Naming;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>A partition of the declarative document.</summary>
public sealed record PartitionConfiguration
{
    /// <summary>Its name, unique in the document without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>Its number, 1 to 65,535, or null for the one that it has, else the lowest that is free.</summary>
    public int? Id { get; init; }

    /// <summary>What its policies count against those of others, 0 to 65,535.</summary>
    public int Priority { get; init; } = MacPartition.DefaultPriority;

    /// <summary>Whether a record must have all of its tags, or one.</summary>
    public PartitionMatch Match { get; init; }

    /// <summary>What a record's tags must have in them.</summary>
    public IReadOnlyList<MacTag> Tags { get; init; } = [];

    /// <summary>What a record must lack.</summary>
    public IReadOnlyList<MacTag> NotTags { get; init; } = [];

    /// <summary>True if its policies decide nothing.</summary>
    public bool IsStaged { get; init; }

    /// <summary>Its policies, in their order.</summary>
    public IReadOnlyList<PartitionPolicyConfiguration> Policies { get; init; } = [];

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<PartitionConfiguration> Document { get; } = new DocumentObject<PartitionConfiguration>("partition", "a partition", new() { Name = string.Empty })
        .Required("name", "Its name, unique in the document whatever its case.", RecordName.Type, partition => partition.Name, (partition, name) => partition with { Name = name }, "InvalidPartitionName")
        .Optional(
            "id",
            "Its number, which stands for it in packets. Without it: the one that it has already, else the lowest that is free.",
            new NumberType(1, MacPartition.MaxId),
            partition => partition.Id,
            (partition, id) => partition with { Id = id },
            "InvalidPartitionId",
            "PartitionIdTaken",
            "PartitionIdRetired")
        .Optional(
            "priority",
            "What its policies count against those of other partitions; the greater one counts more.",
            new NumberType(0, 65_535),
            partition => partition.Priority,
            (partition, priority) => partition with { Priority = priority },
            "InvalidPartitionPriority")
        .Optional(
            "match",
            "Whether an interface must have all of its tags, or one.",
            new ChoiceType<PartitionMatch>("match"),
            partition => partition.Match,
            (partition, match) => partition with { Match = match })
        .List(
            "tags",
            "What an interface's tags must have in them: a text or number as it is, a JSON object as a part of one of its tags.",
            TagType.Instance,
            partition => partition.Tags,
            (partition, tags) => partition with { Tags = tags },
            maxItems: PartitionCatalog.MaxTags)
        .List(
            "notTags",
            "What an interface must lack: a text or number that it has not, a JSON object whose members one of its tags has with other values.",
            TagType.Instance,
            partition => partition.NotTags,
            (partition, tags) => partition with { NotTags = tags },
            maxItems: PartitionCatalog.MaxTags)
        .Optional("staged", "Whether its policies are evaluated and counted, and decide nothing.", FlagType.Instance, partition => partition.IsStaged, (partition, isStaged) => partition with { IsStaged = isStaged })
        .List(
            "policies",
            "Its policies, in their order.",
            PartitionPolicyConfiguration.Document,
            partition => partition.Policies,
            (partition, policies) => partition with { Policies = policies });

    /// <summary>What a document says of a store's partition.</summary>
    internal static PartitionConfiguration Of(MacPartition partition) => new()
    {
        Name = partition.Name,
        Id = partition.Id,
        Priority = partition.Priority,
        Match = partition.Match,
        Tags = partition.Tag,
        NotTags = partition.NotTag,
        IsStaged = partition.IsStaged,
        Policies = [.. partition.Policy.Select(PartitionPolicyConfiguration.Of)],
    };
}
