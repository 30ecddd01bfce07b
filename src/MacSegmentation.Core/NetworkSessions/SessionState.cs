namespace MacSegmentation.NetworkSessions;

/// <summary>Whether the profiles of a session's instances are in force.</summary>
public enum SessionState
{
    /// <summary>They are.</summary>
    Running,

    /// <summary>Instances keep their addresses and records, and their ports have no profile until the session is resumed.</summary>
    Suspended,
}
