using MacSegmentation.Documents;

namespace MacSegmentation.Partitions;

/// <summary>Which partitions and policies stay, go and are made. A partition stays by its name; its policies are written anew if their list differs.</summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="partitions">The partitions of the document.</param>
internal sealed class PartitionPart(IPartitionWriter store, DocumentCursor cursor, DocumentList<PartitionConfiguration> partitions) : IDocumentPart
{
    private readonly HashSet<string> renewed = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public void Check()
    {
        var names = new Dictionary<string, DocumentPlace>(StringComparer.OrdinalIgnoreCase);
        var numbers = new Dictionary<int, DocumentPlace>();
        cursor.ForEach(partitions, partition =>
        {
            cursor.RequireFirst(names, partition.Name, "name", $"Partition '{partition.Name}'");
            if (partition.Id is { } id)
            {
                cursor.RequireFirst(numbers, id, "id", $"The number {id} of a partition");
            }
        });
    }

    /// <inheritdoc/>
    public void Clear()
    {
        var wanted = partitions.Items.ToDictionary(partition => partition.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var existing in store.ListPartitions())
        {
            if (!wanted.TryGetValue(existing.Name, out var partition) || (partition.Id is { } id && id != existing.Id) || !string.Equals(partition.Name, existing.Name, StringComparison.Ordinal))
            {
                PartitionCatalog.Remove(store, existing);
            }
        }

        // What the removal took along is gone from here on.
        foreach (var existing in store.ListPartitions())
        {
            var policies = wanted[existing.Name].Policies;
            bool isSame = policies.Count == existing.Policy.Count && policies.Zip(existing.Policy).All(pair => PartitionCatalog.IsSame(PartitionCatalog.MakePolicy(pair.First.ToRequest(existing.Name, 1)), pair.Second));
            if (!isSame)
            {
                renewed.Add(existing.Name);
                foreach (var policy in existing.Policy)
                {
                    PartitionCatalog.RemovePolicy(store, policy.PolicyId);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Make()
    {
        cursor.ForEach(partitions, partition =>
        {
            if (store.FindPartition(partition.Name) is null)
            {
                renewed.Add(partition.Name);
                PartitionCatalog.Create(store, new PartitionRequest
                {
                    Name = partition.Name,
                    Id = partition.Id,
                    Priority = partition.Priority,
                    Match = partition.Match,
                    Tag = partition.Tags,
                    NotTag = partition.NotTags,
                    IsStaged = partition.IsStaged,
                    TakesRetiredId = true,
                });
            }
            else
            {
                PartitionCatalog.Change(store, partition.Name, new PartitionChange
                {
                    Priority = partition.Priority,
                    Match = partition.Match,
                    Tag = partition.Tags,
                    NotTag = partition.NotTags,
                    IsStaged = partition.IsStaged,
                });
            }
        });
    }

    /// <summary>Makes the policies, when all partitions and VLANs are there.</summary>
    public void Complete()
    {
        var lists = partitions.Within((partition, place) => new DocumentList<PartitionPolicyConfiguration>(place, "policies", partition.Policies, PartitionPolicyConfiguration.Document));
        foreach (var (partition, policies) in partitions.Items.Zip(lists))
        {
            if (renewed.Contains(partition.Name))
            {
                int order = 0;
                cursor.ForEach(policies, policy => PartitionCatalog.AddPolicy(store, policy.ToRequest(partition.Name, ++order)));
            }
        }
    }
}
