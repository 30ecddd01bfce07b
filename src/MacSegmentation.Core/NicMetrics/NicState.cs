namespace MacSegmentation.NicMetrics;

/// <summary>Whether a running enforcer has the port of a vNIC.</summary>
public enum NicState
{
    /// <summary>One has, and measures what is told.</summary>
    Attached,

    /// <summary>None has: the instance's profile is in force nowhere, and nothing is measured.</summary>
    NotAttached,
}
