namespace MacSegmentation.Auditing;

/// <summary>What a change says of itself.</summary>
public interface IAuditWriter
{
    /// <summary>Why the change is made, for the audit: a ticket's number, a sentence; null if nobody said. Given before the first entry.</summary>
    string? Reason { get; set; }

    /// <summary>Records who changed what. A transaction that writes at least one entry raises the store's revision by one when it commits.</summary>
    void AppendAudit(AuditEntry entry);

    /// <summary>Changes what holds for the audit.</summary>
    void UpdateAuditSettings(AuditSettings settings);
}
