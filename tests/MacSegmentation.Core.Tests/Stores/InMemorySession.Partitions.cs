using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Tags;

namespace MacSegmentation.Stores;

internal sealed partial class InMemorySession
{
    public PartitionSettings PartitionSettings => State.PartitionSettings;

    public MacPartition? FindPartition(string name) => State.Partitions.GetValueOrDefault(name);

    public IReadOnlyList<MacPartition> ListPartitions() => [.. State.Partitions.Values];

    public MacPartitionPolicy? FindPartitionPolicy(long policyId) => State.Partitions.Values.SelectMany(partition => partition.Policy).FirstOrDefault(policy => policy.PolicyId == policyId);

    public IReadOnlyList<RetiredPartition> ListRetiredPartitions() => [.. State.RetiredPartitions.Values];

    public IReadOnlyList<TagUse> ListTags() =>
        [.. State.Interfaces.Values.SelectMany(i => i.Tag).CountBy(tag => tag).Select(use => new TagUse(use.Key, use.Value)).OrderBy(use => use.Tag.Json, StringComparer.Ordinal)];

    public IReadOnlyList<MacInterface> ListTagged(MacTag tag, long after, int limit) =>
        [.. State.Interfaces.Values.Where(i => i.InterfaceId > after && i.Tag.Contains(tag)).Take(limit)];

    public void UpdatePartitionSettings(PartitionSettings settings) => State = State with { PartitionSettings = settings };

    public void InsertPartition(MacPartition partition) => State = State with
    {
        Partitions = State.Partitions.Add(partition.Name, partition with { Policy = [] }),
        RetiredPartitions = State.RetiredPartitions.Remove(partition.Id),
    };

    public void UpdatePartition(MacPartition partition) => SetPartition(partition with { Policy = State.Partitions[partition.Name].Policy });

    public void DeletePartition(string name)
    {
        var partition = State.Partitions[name];
        State = State with
        {
            Partitions = State.Partitions.Remove(name),
            RetiredPartitions = State.RetiredPartitions.SetItem(partition.Id, new RetiredPartition(partition.Id, partition.Name, Now)),
        };
        foreach (var other in ListPartitions())
        {
            SetPolicies(other, other.Policy.Where(policy => !Names.Equals(policy.Peer.PartitionName, name)));
        }
    }

    public MacPartitionPolicy InsertPartitionPolicy(MacPartitionPolicy policy)
    {
        var stored = policy with { PolicyId = State.LastPartitionPolicyId + 1 };
        var partition = State.Partitions[policy.Partition];
        SetPolicies(partition, partition.Policy.Append(stored));
        State = State with { LastPartitionPolicyId = stored.PolicyId };
        return stored;
    }

    public void UpdatePartitionPolicy(MacPartitionPolicy policy)
    {
        var partition = State.Partitions[policy.Partition];
        SetPolicies(partition, partition.Policy.Where(other => other.PolicyId != policy.PolicyId).Append(policy));
    }

    public void DeletePartitionPolicy(long policyId)
    {
        foreach (var partition in ListPartitions())
        {
            SetPolicies(partition, partition.Policy.Where(policy => policy.PolicyId != policyId));
        }
    }

    private void SetPolicies(MacPartition partition, IEnumerable<MacPartitionPolicy> policies) =>
        SetPartition(partition with { Policy = [.. policies.OrderBy(policy => policy.Order)] });

    private void SetPartition(MacPartition partition) => State = State with { Partitions = State.Partitions.SetItem(partition.Name, partition) };
}
