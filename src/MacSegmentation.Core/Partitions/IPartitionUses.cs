namespace MacSegmentation.Partitions;

/// <summary>What the rules of partitions ask about what is built on them. Each concept that is answers for itself, beside its own rows.</summary>
public interface IPartitionUses
{
    /// <summary>The names of the security triggers that watch a partition's members only.</summary>
    IReadOnlyList<string> ListTriggersOf(string partitionName);
}
