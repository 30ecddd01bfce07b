using MacSegmentation.Auditing;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Auditing;

/// <summary>What was recorded of changes, as queries. It is read from two tables: who changed something and when stands once a transaction.</summary>
internal interface ISqlAuditReader : IAuditReader, ISqlSession
{
    internal const string SelectOldest = SelectEvents + " ORDER BY audit_id LIMIT ?5";
    internal const string SelectNewest = SelectEvents + " ORDER BY audit_id DESC LIMIT ?5";

    private const string SelectEvents =
        """
        SELECT audit_id, time, "user", host_name, process, action, vlan_id, subject, detail, revision
        FROM audit JOIN change USING (revision)
        WHERE audit_id > ?4 AND (?1 IS NULL OR vlan_id = ?1) AND (?2 = '' OR action = ?2) AND (?3 IS NULL OR time >= ?3)
        """;

    IReadOnlyDictionary<AuditAction, long> IAuditReader.CountAuditEvents(long auditId) => Connection
        .Prepare("SELECT action, count(*) FROM audit WHERE audit_id > ? GROUP BY action")
        .Bind(1, auditId)
        .All(static row => KeyValuePair.Create(Enum.Parse<AuditAction>(row.Text(0)), row.Number(1)))
        .ToDictionary();

    IReadOnlyList<MacAuditEvent> IAuditReader.ListAuditEvents(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);

        // Those that a limit takes come first.
        bool isPage = query.Oldest is not null;
        var events = Connection
            .Prepare(isPage ? SelectOldest : SelectNewest)
            .Bind(1, query.VlanId)
            .Bind(2, query.Action is { } action ? StoredAction.From(action) : string.Empty)
            .Bind(3, query.Since is { } since ? StoredTime.From(since) : null)
            .Bind(4, query.After)
            .Bind(5, query.Oldest ?? query.Newest ?? long.MaxValue)
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
            });
        if (!isPage)
        {
            events.Reverse();
        }

        return events;
    }
}
