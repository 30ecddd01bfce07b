namespace MacSegmentation.NetworkSessions;

/// <summary>Whether the instances of a session reach those of others.</summary>
public enum SessionIsolation
{
    /// <summary>They do not, whatever the other session says. Uplinks and hosts without a session stay reachable.</summary>
    Full,

    /// <summary>They do, unless the other session is isolated.</summary>
    None,
}
