namespace MacSegmentation.Partitions;

/// <summary>What counts first where several policies match.</summary>
public enum ConflictResolution
{
    /// <summary>The partition's priority; strictness only where priority and match are alike.</summary>
    HighestPriority,

    /// <summary>The stricter action: Drop, Deny, Redirect, Allow.</summary>
    Strictest,
}
