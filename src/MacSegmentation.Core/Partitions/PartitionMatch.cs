namespace MacSegmentation.Partitions;

/// <summary>How many of its tags a partition asks of a record.</summary>
public enum PartitionMatch
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>At least one.</summary>
    Any,
}
