namespace MacSegmentation.NetworkSessions;

/// <summary>Where the profile of an instance comes from.</summary>
public enum ProfileSource
{
    /// <summary>Nobody names one.</summary>
    None,

    /// <summary>The instance itself.</summary>
    Override,

    /// <summary>The first rule that matched when the instance was launched.</summary>
    Rule,

    /// <summary>Its session's default.</summary>
    Session,
}
