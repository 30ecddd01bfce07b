namespace MacSegmentation.NetworkSessions;

/// <summary>Whether a rule that gives instances a profile is tried.</summary>
public enum ProfileRuleState
{
    /// <summary>It is.</summary>
    Active,

    /// <summary>It is not, until it is made active again.</summary>
    Suspended,
}
