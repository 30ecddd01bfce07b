namespace MacSegmentation.Partitions;

/// <summary>What a partition's policy does with what it matches.</summary>
public enum PartitionAction
{
    /// <summary>It passes, and so do the replies.</summary>
    Allow,

    /// <summary>It is refused: discarded, counted and reported.</summary>
    Deny,

    /// <summary>It is discarded and counted, nothing else.</summary>
    Drop,

    /// <summary>It goes to another port in the place of its own.</summary>
    Redirect,

    /// <summary>A copy goes to another port; whether it passes, other policies decide.</summary>
    Mirror,
}
