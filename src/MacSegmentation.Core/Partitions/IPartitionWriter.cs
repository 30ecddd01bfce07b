using MacSegmentation.Transactions;

namespace MacSegmentation.Partitions;

/// <summary>Writes the rows of partitions and their policies.</summary>
public interface IPartitionWriter : IPartitionReader, IChangeTransaction
{
    /// <summary>Records what holds for all partitions.</summary>
    void UpdatePartitionSettings(PartitionSettings settings);

    /// <summary>Records a new partition, without policies; if a removed one had its number, that is forgotten.</summary>
    void InsertPartition(MacPartition partition);

    /// <summary>Records what has changed of a partition; its policies stay.</summary>
    void UpdatePartition(MacPartition partition);

    /// <summary>Removes a partition with its policies, and remembers its number.</summary>
    void DeletePartition(string name);

    /// <summary>Records a policy of an existing partition and returns it with its new number. Its peer exists, if that is a partition.</summary>
    MacPartitionPolicy InsertPartitionPolicy(MacPartitionPolicy policy);

    /// <summary>Records what has changed of a policy.</summary>
    void UpdatePartitionPolicy(MacPartitionPolicy policy);

    /// <summary>Removes a policy.</summary>
    void DeletePartitionPolicy(long policyId);
}
