namespace MacSegmentation.Partitions;

/// <summary>What is wrong between two policies.</summary>
public enum PolicyConflictKind
{
    /// <summary>Both match a packet and do something else with it, and only names or places say which one decides.</summary>
    Tie,

    /// <summary>The second one never decides: the first matches all that it does, comes first everywhere, and does something else.</summary>
    Shadowed,

    /// <summary>The second one changes nothing: the first matches all that it does, comes first everywhere, and does the same.</summary>
    Redundant,
}
