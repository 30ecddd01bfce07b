namespace MacSegmentation.Backups;

/// <summary>What a restore would forget.</summary>
public enum RestoreLossKind
{
    /// <summary>An address that was given to an instance.</summary>
    Allocation,

    /// <summary>An address that a handle owns.</summary>
    Handle,

    /// <summary>A block that a provider gives addresses out of.</summary>
    Block,
}
