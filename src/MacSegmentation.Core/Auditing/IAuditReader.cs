namespace MacSegmentation.Auditing;

/// <summary>What was recorded of changes.</summary>
public interface IAuditReader
{
    /// <summary>Audit events, oldest first.</summary>
    IReadOnlyList<MacAuditEvent> ListAuditEvents(AuditQuery query);

    /// <summary>How many audit events there are of each action after one.</summary>
    /// <param name="auditId">Number of the event after which they count.</param>
    IReadOnlyDictionary<AuditAction, long> CountAuditEvents(long auditId) =>
        ListAuditEvents(new AuditQuery { After = auditId }).GroupBy(entry => entry.Action).ToDictionary(alike => alike.Key, alike => alike.LongCount());
}
