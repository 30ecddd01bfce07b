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

    /// <summary>Only events after the one with this number; with it, <see cref="Oldest"/> pages through them.</summary>
    public long After { get; init; }

    /// <summary>Only the oldest so many events, 1 or more; <see cref="Newest"/> is not asked for then.</summary>
    public int? Oldest { get; init; }

    /// <summary>Only the newest so many events, 1 or more.</summary>
    public int? Newest { get; init; }
}
