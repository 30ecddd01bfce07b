namespace MacSegmentation.Tracing;

/// <summary>The stages of a switch, in the sequence that a frame passes them.</summary>
public enum FrameStage
{
    /// <summary>The frame is read: its header, its VLAN, whether the port carries it.</summary>
    Receive,

    /// <summary>Port security and its guards.</summary>
    PortSecurity,

    /// <summary>The source address is learned, and who holds a shared address is noted.</summary>
    Learning,

    /// <summary>The policies of the VLAN.</summary>
    Policy,

    /// <summary>The ARP responder.</summary>
    Responder,

    /// <summary>The ports that the frame is to leave by.</summary>
    Lookup,

    /// <summary>The security groups of sender and receiver, for each port that it is to leave by.</summary>
    SecurityGroup,

    /// <summary>The frame leaves.</summary>
    Send,
}
