using MacSegmentation.Tags;
using MacSegmentation.Units;

namespace MacSegmentation.Partitions;

/// <summary>A virtual network partition: the interface records that have certain tags, with policies for what they send and receive.</summary>
public sealed record MacPartition
{
    /// <summary>The highest number.</summary>
    public const int MaxId = 65_535;

    /// <summary>The priority of a partition that names none.</summary>
    public const int DefaultPriority = 100;

    /// <summary>Its number, 1 to 65,535, which stands for it in packets.</summary>
    public int Id { get; init; }

    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>What its policies count against those of other partitions, 0 to 65,535; the greater one counts more.</summary>
    public int Priority { get; init; } = DefaultPriority;

    /// <summary>Whether a record must have all of its tags, or one.</summary>
    public PartitionMatch Match { get; init; }

    /// <summary>What a record's tags must have in them.</summary>
    public IReadOnlyList<MacTag> Tag { get; init => field = TagList.Of(value); } = TagList.None;

    /// <summary>What a record must lack: a text or number that it has not, a JSON pattern whose members it has with other values.</summary>
    public IReadOnlyList<MacTag> NotTag { get; init => field = TagList.Of(value); } = TagList.None;

    /// <summary>True if its policies are evaluated and counted, and decide nothing.</summary>
    public bool IsStaged { get; init; }

    /// <summary>Its policies, by order.</summary>
    public IReadOnlyList<MacPartitionPolicy> Policy { get; init => field = TextList.Of<MacPartitionPolicy>(value); } = TextList.Of<MacPartitionPolicy>([]);

    /// <summary>True if a record with these tags is in it.</summary>
    /// <param name="tags">The record's tags.</param>
    public bool Selects(IReadOnlyList<MacTag> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return NotTag.All(pattern => MacTags.Lack(tags, pattern))
            && (Match == PartitionMatch.All || Tag.Count == 0 ? Tag.All(pattern => MacTags.Have(tags, pattern)) : Tag.Any(pattern => MacTags.Have(tags, pattern)));
    }
}
