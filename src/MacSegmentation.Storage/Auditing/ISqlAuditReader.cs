using MacSegmentation.Auditing;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Auditing;

/// <summary>What was recorded of changes, as queries. It is read from two tables: who changed something, when and why stands once a transaction.</summary>
internal interface ISqlAuditReader : IAuditReader, ISqlSession
{
    internal const string SelectOldest = SelectEvents + Filter + " ORDER BY audit_id LIMIT ?5";
    internal const string SelectNewest = SelectEvents + Filter + " ORDER BY audit_id DESC LIMIT ?5";
    internal const string SelectOldestOfSubject = SelectEvents + OfSubject + Filter + " ORDER BY audit_id LIMIT ?5";
    internal const string SelectNewestOfSubject = SelectEvents + OfSubject + Filter + " ORDER BY audit_id DESC LIMIT ?5";
    internal const string SelectOldestOfRevision = SelectEvents + OfRevision + Filter + " ORDER BY audit_id LIMIT ?5";
    internal const string SelectNewestOfRevision = SelectEvents + OfRevision + Filter + " ORDER BY audit_id DESC LIMIT ?5";

    internal const string SelectRecords = "SELECT table_name, before, after FROM audit_record WHERE revision > ? AND revision <= ? ORDER BY revision, record_id";

    private const string SelectEvents =
        """
        SELECT audit_id, time, "user", host_name, process, action, vlan_id, subject, detail, revision, reason
        FROM audit JOIN change USING (revision)
        WHERE
        """;

    private const string OfSubject = " lower(subject) = ?11 AND";
    private const string OfRevision = " revision = ?11 AND";

    private const string Filter =
        """
         audit_id > ?4 AND audit_id < ?6 AND (?1 IS NULL OR vlan_id = ?1) AND (?2 = '' OR action = ?2) AND (?3 IS NULL OR time >= ?3) AND (?7 IS NULL OR time <= ?7)
        AND (?8 = '' OR lower("user") LIKE ?8 ESCAPE '\') AND (?9 = '' OR lower(subject) LIKE ?9 ESCAPE '\') AND (?10 = '' OR lower(reason) LIKE ?10 ESCAPE '\')
        """;

    AuditSettings IAuditReader.AuditSettings => new()
    {
        IsReasonRequired = Connection.Prepare("SELECT is_reason_required FROM audit_settings").Scalar() != 0,
    };

    IReadOnlyDictionary<AuditAction, long> IAuditReader.CountAuditEvents(long auditId) => Connection
        .Prepare("SELECT action, count(*) FROM audit WHERE audit_id > ? GROUP BY action")
        .Bind(1, auditId)
        .All(static row => KeyValuePair.Create(StoredAction.To(row.Text(0)), row.Number(1)))
        .ToDictionary();

    (long After, long Before) IAuditReader.FindAuditBounds(DateTimeOffset? since, DateTimeOffset? until)
    {
        long after = 0;
        long before = long.MaxValue;
        if (since is { } from)
        {
            long? first = OptionalScalar(Connection.Prepare("SELECT min(revision) FROM change WHERE time >= ?").Bind(1, StoredTime.From(from)));
            after = first is null ? long.MaxValue - 1 : OptionalScalar(Connection.Prepare("SELECT min(audit_id) FROM audit WHERE revision >= ?").Bind(1, first.Value)) - 1 ?? long.MaxValue - 1;
        }

        if (until is { } to)
        {
            long? last = OptionalScalar(Connection.Prepare("SELECT max(revision) FROM change WHERE time <= ?").Bind(1, StoredTime.From(to)));
            before = last is null ? 0 : OptionalScalar(Connection.Prepare("SELECT max(audit_id) FROM audit WHERE revision <= ?").Bind(1, last.Value)) + 1 ?? 0;
        }

        return (after, before);
    }

    IReadOnlyList<MacAuditEvent> IAuditReader.ListAuditEvents(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);

        // Those that a limit takes come first.
        bool isPage = query.Oldest is not null;
        string? exact = query.Subject is { } subject && subject.AsSpan().IndexOfAny('*', '?') < 0 ? subject : null;
        var statement = (query.Revision, exact) switch
        {
            ({ } revision, _) => Connection.Prepare(isPage ? SelectOldestOfRevision : SelectNewestOfRevision).Bind(11, revision),
            (null, { } text) => Connection.Prepare(isPage ? SelectOldestOfSubject : SelectNewestOfSubject).Bind(11, Lower(text)),
            _ => Connection.Prepare(isPage ? SelectOldest : SelectNewest),
        };
        var events = statement
            .Bind(1, query.VlanId)
            .Bind(2, query.Action is { } action ? StoredAction.From(action) : string.Empty)
            .Bind(3, query.Since is { } since ? StoredTime.From(since) : null)
            .Bind(4, query.After)
            .Bind(5, query.Oldest ?? query.Newest ?? long.MaxValue)
            .Bind(6, query.Before)
            .Bind(7, query.Until is { } until ? StoredTime.From(until) : null)
            .Bind(8, Pattern(query.User))
            .Bind(9, Pattern(query.Revision is null && exact is not null ? null : query.Subject))
            .Bind(10, Pattern(query.Reason))
            .All(static row => new MacAuditEvent
            {
                AuditId = row.Number(0),
                Time = StoredTime.To(row.Number(1)),
                User = row.Text(2),
                HostName = row.Text(3),
                Process = row.Text(4),
                Action = StoredAction.To(row.Text(5)),
                VlanId = (int)row.Number(6),
                Subject = row.Text(7),
                Detail = row.Text(8),
                Revision = row.Number(9),
                Reason = row.Text(10),
            });
        if (!isPage)
        {
            events.Reverse();
        }

        return events;
    }

    long IAuditReader.RecordedFrom => Connection.Prepare("SELECT recorded_from FROM audit_settings").Scalar();

    string? IAuditReader.Describe(string table, string column, object? value) => RecordImages.Describe(column, value);

    IReadOnlyList<RecordChange> IAuditReader.ListRecordChanges(long after, long upTo)
    {
        var tables = Connection.Tables.Select((table, place) => (table, place)).ToDictionary(table => table.table.Name, StringComparer.Ordinal);
        var changes = new Dictionary<(string Table, string Key), RecordChange>();
        Connection.Prepare(SelectRecords).Bind(1, after).Bind(2, upTo).ForEach(row =>
        {
            // A table that a later version has no more is of no use to it.
            if (tables.TryGetValue(row.Text(0), out var table))
            {
                var before = RecordImages.Parse(row.IsNull(1) ? null : row.Text(1));
                var now = RecordImages.Parse(row.IsNull(2) ? null : row.Text(2));
                var key = (row.Text(0), RecordImages.KeyOf(table.table, now ?? before!));
                changes[key] = changes.TryGetValue(key, out var known) ? known with { After = now } : new RecordChange(key.Item1, key.Item2, before, now);
            }
        });
        return
        [
            .. changes.Values.Where(change => !RecordChange.AreEqual(change.Before, change.After))
                .OrderBy(change => tables[change.Table].place).ThenBy(change => change.Key, StringComparer.Ordinal),
        ];
    }

    private static long? OptionalScalar(SqlStatement statement) =>
        statement.FirstValue(static row => (HasValue: !row.IsNull(0), Value: row.Number(0))) is { HasValue: true } found ? found.Value : null;

    /// <summary>A pattern as LIKE has it; empty for none. Databases know the case of the letters A to Z only.</summary>
    private static string Pattern(string? pattern) => pattern is null
        ? string.Empty
        : Lower(pattern).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)
            .Replace('*', '%').Replace('?', '_');

    private static string Lower(string text) => string.Create(text.Length, text, static (lower, given) =>
    {
        for (int i = 0; i < given.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(given[i]) ? (char)(given[i] | 0x20) : given[i];
        }
    });
}
