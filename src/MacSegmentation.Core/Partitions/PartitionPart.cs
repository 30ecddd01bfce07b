using MacSegmentation.Documents;

namespace MacSegmentation.Partitions;

/// <summary>Which partitions and policies stay, go and are made. A partition stays by its name; its policies are written anew if their list differs.</summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="partitions">The partitions of the document.</param>
/// <param name="settings">What holds for all of them.</param>
internal sealed class PartitionPart(IPartitionWriter store, DocumentCursor cursor, DocumentList<PartitionConfiguration> partitions, PartitionSettings settings) : IDocumentPart
{
    private readonly HashSet<string> renewed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Numbers of partitions that are made anew because their names are spelled otherwise.</summary>
    private readonly Dictionary<string, int> kept = new(StringComparer.OrdinalIgnoreCase);

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
        // What is wrong in itself is told with its place, whatever the store has.
        foreach (var policies in Policies())
        {
            cursor.ForEach(policies, policy => PartitionCatalog.MakePolicy(policy.ToRequest(string.Empty, 1)));
        }

        var wanted = partitions.Items.ToDictionary(partition => partition.Name, StringComparer.OrdinalIgnoreCase);
        var named = partitions.Items.Select(partition => partition.Id).OfType<int>().ToHashSet();
        foreach (var existing in store.ListPartitions())
        {
            // A partition that names no number gives up its own to one that names it.
            bool isWanted = wanted.TryGetValue(existing.Name, out var partition);
            bool keepsNumber = isWanted && (partition!.Id is { } id ? id == existing.Id : !named.Contains(existing.Id));
            if (keepsNumber && !string.Equals(partition!.Name, existing.Name, StringComparison.Ordinal))
            {
                kept.Add(existing.Name, existing.Id);
                PartitionCatalog.Remove(store, existing);
            }
            else if (!keepsNumber)
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

    /// <summary>Makes the partitions, those with a number of their own first: the others get what is left.</summary>
    public void Make()
    {
        cursor.Place = new DocumentPlace(around: null, "partitionSettings", index: null, error => PartitionSettings.Document.FindMember(settings, error));
        PartitionCatalog.Change(store, settings);
        cursor.Place = null;
        var open = new HashSet<string>(StringComparer.Ordinal);
        cursor.ForEach(partitions, partition =>
        {
            if (store.FindPartition(partition.Name) is not null)
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
            else if ((partition.Id ?? (kept.TryGetValue(partition.Name, out int own) ? own : null)) is { } id)
            {
                Create(partition, id);
            }
            else
            {
                open.Add(partition.Name);
            }
        });
        cursor.ForEach(partitions, partition =>
        {
            if (open.Contains(partition.Name))
            {
                Create(partition, id: null);
            }
        });
    }

    /// <summary>Makes the policies, when all partitions and VLANs are there.</summary>
    public void Complete()
    {
        foreach (var (partition, policies) in partitions.Items.Zip(Policies()))
        {
            if (renewed.Contains(partition.Name))
            {
                int order = 0;
                cursor.ForEach(policies, policy => PartitionCatalog.AddPolicy(store, policy.ToRequest(partition.Name, ++order)));
            }
        }
    }

    private IReadOnlyList<DocumentList<PartitionPolicyConfiguration>> Policies() =>
        partitions.Within((partition, place) => new DocumentList<PartitionPolicyConfiguration>(place, "policies", partition.Policies, PartitionPolicyConfiguration.Document));

    private void Create(PartitionConfiguration partition, int? id)
    {
        renewed.Add(partition.Name);
        PartitionCatalog.Create(store, new PartitionRequest
        {
            Name = partition.Name,
            Id = id,
            Priority = partition.Priority,
            Match = partition.Match,
            Tag = partition.Tags,
            NotTag = partition.NotTags,
            IsStaged = partition.IsStaged,
            TakesRetiredId = true,
        });
    }
}
