namespace MacSegmentation.Profiles;

/// <summary>What becomes of a jitter that is greater than its latency, so that a frame would leave before it came.</summary>
public enum JitterBound
{
    /// <summary>Such a profile is refused.</summary>
    None,

    /// <summary>A delay below zero is zero.</summary>
    Truncate,

    /// <summary>A delay below zero is taken without its sign.</summary>
    Fold,
}
