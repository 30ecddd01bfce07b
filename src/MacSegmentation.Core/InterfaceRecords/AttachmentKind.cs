namespace MacSegmentation.InterfaceRecords;

/// <summary>What an enforcer makes on its Linux host for an instance to use.</summary>
public enum AttachmentKind
{
    /// <summary>Nothing: somebody else makes the port.</summary>
    None,

    /// <summary>A TAP device, whose other side is the enforcer's port itself.</summary>
    Tap,

    /// <summary>A pair of virtual Ethernet adapters (veth): one end is the instance's, the other is the enforcer's port.</summary>
    Veth,
}
