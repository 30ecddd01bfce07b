namespace MacSegmentation.Auditing;

/// <summary>What was recorded of changes.</summary>
public interface IAuditReader
{
    /// <summary>What holds for the audit.</summary>
    AuditSettings AuditSettings { get; }

    /// <summary>Audit events, oldest first.</summary>
    IReadOnlyList<MacAuditEvent> ListAuditEvents(AuditQuery query);

    /// <summary>How many audit events there are of each action after one.</summary>
    /// <param name="auditId">Number of the event after which they count.</param>
    IReadOnlyDictionary<AuditAction, long> CountAuditEvents(long auditId) =>
        ListAuditEvents(new AuditQuery { After = auditId }).GroupBy(entry => entry.Action).ToDictionary(alike => alike.Key, alike => alike.LongCount());

    /// <summary>Between which events those lie that were written from a time on and up to another: a store finds it by an index, whatever the clocks have done.</summary>
    /// <param name="since">The time from which on; null from the first.</param>
    /// <param name="until">The time up to which; null to the last.</param>
    /// <returns>The number after which they begin, and before which they end; some between may be of another time. Nothing lies between two equal ones.</returns>
    (long After, long Before) FindAuditBounds(DateTimeOffset? since, DateTimeOffset? until) => (0, long.MaxValue);

    /// <summary>The first revision of which the store has recorded what records were before and after it; 0 if it records nothing.</summary>
    long RecordedFrom => 0;

    /// <summary>What revisions changed, together: each record once, by its table in the sequence of what refers to what and its key; what came to be what it was is left out.</summary>
    /// <param name="after">The revision after which they come.</param>
    /// <param name="upTo">The last of them.</param>
    IReadOnlyList<RecordChange> ListRecordChanges(long after, long upTo) => [];

    /// <summary>A value of a record as people read it: an address, a time.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    string? Describe(string table, string column, object? value) => value is null ? null : $"{value}";

    /// <summary>What names a record, as people read it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">What names the record there.</param>
    string DescribeKey(string table, string key) => key;
}
