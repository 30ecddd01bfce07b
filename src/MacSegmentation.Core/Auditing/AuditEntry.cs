namespace MacSegmentation.Auditing;

/// <summary>What the domain says about a change; the store adds who, when and the revision.</summary>
/// <param name="Action">What was done.</param>
/// <param name="VlanId">The VLAN that it was done to; 0 for what belongs to none.</param>
/// <param name="Subject">The thing.</param>
/// <param name="Detail">What became of it, in words; may be empty.</param>
public readonly record struct AuditEntry(AuditAction Action, int VlanId, string Subject, string Detail = "");
