namespace MacSegmentation.Auditing;

/// <summary>What was recorded of changes.</summary>
public interface IAuditReader
{
    /// <summary>Audit events, oldest first.</summary>
    IReadOnlyList<MacAuditEvent> ListAuditEvents(AuditQuery query);
}
