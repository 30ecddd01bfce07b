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

    /// <summary>Only events up to this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only events of users like this: <c>*</c> stands for any text, <c>?</c> for any character, in any case of the letters A to Z.</summary>
    public string? User { get; init; }

    /// <summary>Only events of things like this, written as <see cref="User"/>. One without <c>*</c> and <c>?</c> is found by an index.</summary>
    public string? Subject { get; init; }

    /// <summary>Only events with a reason like this, written as <see cref="User"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Only events of this revision.</summary>
    public long? Revision { get; init; }

    /// <summary>Only events before the one with this number.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Only events after the one with this number; with it, <see cref="Oldest"/> pages through them.</summary>
    public long After { get; init; }

    /// <summary>Only the oldest so many events, 1 or more; <see cref="Newest"/> is not asked for then.</summary>
    public int? Oldest { get; init; }

    /// <summary>Only the newest so many events, 1 or more.</summary>
    public int? Newest { get; init; }
}
