namespace MacSegmentation.Finding;

/// <summary>What an address is to the pools.</summary>
public enum AddressState
{
    /// <summary>It is of no pool.</summary>
    OutOfPool,

    /// <summary>It is of a pool, and nobody has it.</summary>
    Free,

    /// <summary>It was given back, and is held down.</summary>
    HeldDown,

    /// <summary>It is in a provider's block, and not known to be given out.</summary>
    Delegated,

    /// <summary>It is given out.</summary>
    Allocated,
}
