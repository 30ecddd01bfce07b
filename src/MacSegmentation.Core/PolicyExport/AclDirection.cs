namespace MacSegmentation.PolicyExport;

/// <summary>For which way port ACLs of Hyper-V are written, as the virtual machine sees it.</summary>
public enum AclDirection
{
    /// <summary>For what it sends and for what it receives.</summary>
    Both,

    /// <summary>For what it receives.</summary>
    Inbound,

    /// <summary>For what it sends.</summary>
    Outbound,
}
