namespace MacSegmentation.NetworkSessions;

/// <summary>What became of the wish of a rule whose condition was met.</summary>
public enum AdjustmentOutcome
{
    /// <summary>Nothing: the rule or the instance is gone, changed, or suspended.</summary>
    NotApplicable,

    /// <summary>Nothing: the instance has the profile already.</summary>
    InForce,

    /// <summary>Nothing yet: the profile that it has is held for some time more.</summary>
    Held,

    /// <summary>The instance has the rule's profile now.</summary>
    Adjusted,
}
