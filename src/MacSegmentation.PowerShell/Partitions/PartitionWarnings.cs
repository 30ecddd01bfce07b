namespace MacSegmentation.Partitions;

/// <summary>What a user is told of what was done, and is perhaps not meant.</summary>
internal static class PartitionWarnings
{
    /// <summary>Of a number that a removed partition had.</summary>
    public static IEnumerable<string> OfNumber(RetiredPartition? retired) => retired is null
        ? []
        : [$"Number {retired.Id} was that of partition '{retired.Name}' until {retired.RemovedAt:u}: hosts that have not heard of the change still take it for that one."];

    /// <summary>Of a partition without records.</summary>
    public static IEnumerable<string> OfMembers(IPartitionReader store, MacPartition partition) => PartitionCatalog.HasMembers(store, partition)
        ? []
        : [$"No interface record is in partition '{partition.Name}': its policies hold for nobody. Tag records with Set-MacInterface -AddTag, or change what the partition asks for with Set-MacPartition."];

    /// <summary>Of policies between which only names or places decide.</summary>
    public static IEnumerable<string> OfTies(IPartitionReader store, MacPartitionPolicy policy) => PolicyConflicts.FindTies(store, policy).Select(tie =>
        $"Policy {tie.Policy.PolicyId} of '{tie.Policy.Partition}' ({tie.Policy}) and policy {tie.Other.PolicyId} of '{tie.Other.Partition}' ({tie.Other}) are for the same packets: {tie.Why} Give the partitions different priorities, or one policy a narrower match.");
}
