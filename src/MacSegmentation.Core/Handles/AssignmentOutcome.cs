namespace MacSegmentation.Handles;

/// <summary>How a handle came to the address that it was answered.</summary>
public enum AssignmentOutcome
{
    /// <summary>It had the address already.</summary>
    Existing,

    /// <summary>It was not known, and got its first address.</summary>
    New,

    /// <summary>It got back the address that it had given up or lost.</summary>
    Restored,

    /// <summary>It got a new address, because the one that it had went to another since or is of another VLAN.</summary>
    Renewed,

    /// <summary>Another instance took the place of the one before, with its address.</summary>
    Replaced,

    /// <summary>A clone got an address of its own.</summary>
    Copied,
}
