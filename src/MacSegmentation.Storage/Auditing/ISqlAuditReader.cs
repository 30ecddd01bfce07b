using MacSegmentation.Auditing;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Auditing;

/// <summary>What was recorded of changes, as queries. It is read from two tables: who changed something and when stands once a transaction.</summary>
internal interface ISqlAuditReader : IAuditReader, ISqlSession
{
    IReadOnlyList<MacAuditEvent> IAuditReader.ListAuditEvents(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);

        // Newest first, so that a limit takes the newest.
        var events = Connection
            .Prepare(
                """
                SELECT audit_id, time, "user", host_name, process, action, vlan_id, subject, detail, revision
                FROM audit JOIN change USING (revision)
                WHERE (?1 IS NULL OR vlan_id = ?1) AND (?2 = '' OR action = ?2) AND (?3 IS NULL OR time >= ?3)
                ORDER BY audit_id DESC LIMIT ?4
                """)
            .Bind(1, query.VlanId)
            .Bind(2, query.Action is { } action ? StoredAction.From(action) : string.Empty)
            .Bind(3, query.Since is { } since ? StoredTime.From(since) : null)
            .Bind(4, query.Newest ?? long.MaxValue)
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
        events.Reverse();
        return events;
    }
}
