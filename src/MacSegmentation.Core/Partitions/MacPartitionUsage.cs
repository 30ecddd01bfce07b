using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>How much of what partitions share is used.</summary>
public sealed record MacPartitionUsage
{
    /// <summary>Numbers that partitions have.</summary>
    public required int Used { get; init; }

    /// <summary>Numbers of removed partitions that are kept back.</summary>
    public required int KeptBack { get; init; }

    /// <summary>Numbers that can be had.</summary>
    public int Free => MacPartition.MaxId - Used - KeptBack;

    /// <summary>The tag that most partitions name, as what a record has or lacks; null if there are no partitions.</summary>
    public MacTag? MostNamedTag { get; init; }

    /// <summary>The partitions that name it.</summary>
    public int NamedBy { get; init; }

    /// <summary>What a store's partitions use.</summary>
    /// <param name="store">The transaction.</param>
    public static MacPartitionUsage Of(IPartitionReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var partitions = store.ListPartitions();
        var most = partitions.SelectMany(partition => partition.Tag.Concat(partition.NotTag).Distinct()).CountBy(tag => tag)
            .OrderByDescending(use => use.Value).ThenBy(use => use.Key.Json, StringComparer.Ordinal).Take(1).ToArray();
        return new MacPartitionUsage
        {
            Used = partitions.Count,
            KeptBack = PartitionCatalog.ListKeptBack(store).Count(),
            MostNamedTag = most.Length > 0 ? most[0].Key : null,
            NamedBy = most.Length > 0 ? most[0].Value : 0,
        };
    }
}
