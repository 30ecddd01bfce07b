namespace MacSegmentation.Auditing;

/// <summary>Which audit events to list; what is null does not restrict.</summary>
public sealed record AuditQuery
{
    /// <summary>Only events of this VLAN.</summary>
    public int? VlanId { get; init; }

    /// <summary>Only events of this action.</summary>
    public AuditAction? Action { get; init; }

    /// <summary>Only events at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only the newest so many events, 1 or more.</summary>
    public int? Newest { get; init; }
}
