namespace MacSegmentation.Adoption;

/// <summary>What came of an address that was to be taken in.</summary>
public enum AdoptionOutcome
{
    /// <summary>It is the instance's now.</summary>
    Imported,

    /// <summary>It was the instance's already.</summary>
    Existing,

    /// <summary>Somebody else has it, it is reserved or in a provider's block, or its interface's name is taken.</summary>
    Clash,

    /// <summary>It is not of the VLAN's pool, or of none.</summary>
    OutOfRange,

    /// <summary>The row says no address or no name that could be one.</summary>
    Invalid,

    /// <summary>The machine has no address yet: all zeros.</summary>
    Skipped,
}
