namespace MacSegmentation.Auditing;

/// <summary>Who changed what and when. Written in the same transaction as the change.</summary>
public sealed record MacAuditEvent
{
    /// <summary>Running number.</summary>
    public required long AuditId { get; init; }

    /// <summary>When the change was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The user, with the domain or host in front.</summary>
    public required string User { get; init; }

    /// <summary>The host that the change was made from.</summary>
    public required string HostName { get; init; }

    /// <summary>The program and its process id, such as <c>pwsh/4711</c>.</summary>
    public required string Process { get; init; }

    /// <summary>What was done.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>The VLAN that it was done to; 0 for what belongs to none.</summary>
    public required int VlanId { get; init; }

    /// <summary>The thing: an address, a policy, a VLAN, an interface record, a security group.</summary>
    public required string Subject { get; init; }

    /// <summary>What became of it, in words; empty if the action says it all.</summary>
    public required string Detail { get; init; }

    /// <summary>The store's revision after the change.</summary>
    public required long Revision { get; init; }

    /// <summary>Why, as whoever made the change said; empty if nobody did.</summary>
    public string Reason { get; init; } = string.Empty;
}
