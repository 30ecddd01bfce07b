using MacSegmentation.Auditing;

namespace MacSegmentation.Configuration;

/// <summary>One step on the way from what a store holds to what a document says; the store's audit tells it in the same words.</summary>
public sealed record ConfigurationChange
{
    /// <summary>What is done.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>The VLAN that it is done to; 0 for a security group, which belongs to none.</summary>
    public required int VlanId { get; init; }

    /// <summary>The thing: an address, a policy, a VLAN, an interface, a security group.</summary>
    public required string Subject { get; init; }

    /// <summary>What becomes of it, in words; empty if the action says it all.</summary>
    public required string Detail { get; init; }

    /// <summary>The step that an audit event tells of.</summary>
    /// <param name="entry">The event.</param>
    public static ConfigurationChange Of(MacAuditEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new ConfigurationChange { Action = entry.Action, VlanId = entry.VlanId, Subject = entry.Subject, Detail = entry.Detail };
    }

    /// <summary>True for what takes something from the store that the document does not name.</summary>
    /// <param name="action">What is done.</param>
    public static bool IsLoss(AuditAction action) => action is AuditAction.ReleaseAddress || action.ToString().StartsWith("Remove", StringComparison.Ordinal);
}
