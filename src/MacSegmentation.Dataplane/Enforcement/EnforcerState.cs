namespace MacSegmentation.Enforcement;

/// <summary>Where an enforcer is in its life. It forwards frames while it is Running only.</summary>
public enum EnforcerState
{
    /// <summary>Made, but not all of its directions work yet.</summary>
    Starting,

    /// <summary>Forwarding.</summary>
    Running,

    /// <summary>Told to stop; no frame is forwarded any more.</summary>
    Stopping,

    /// <summary>Stopped on request.</summary>
    Stopped,

    /// <summary>Ended by an error, which it keeps.</summary>
    Failed,

    /// <summary>Ended because its sources have no more frames.</summary>
    Completed,
}
