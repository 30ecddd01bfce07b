namespace MacSegmentation.Profiles;

/// <summary>Which frame is given up where more come than a bandwidth takes.</summary>
public enum QueueManagement
{
    /// <summary>What finds the queue full.</summary>
    TailDrop,

    /// <summary>Controlled delay (RFC 8289).</summary>
    CoDel,

    /// <summary>Controlled delay for each flow, and the flows in turn (RFC 8290).</summary>
    FqCoDel,
}
