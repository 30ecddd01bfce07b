using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.NetworkSessions;

/// <summary>What interface records are as instances: the session that they belong to, and what an enforcer makes for them.</summary>
internal sealed class InstanceSessions : IInterfaceChildren
{
    private const string Select =
        "SELECT interface_id, name, attach, attach_enforcer FROM network_instance LEFT JOIN network_session ON name_key = session_key WHERE interface_id BETWEEN ? AND ?";

    /// <inheritdoc/>
    public Func<MacInterface, MacInterface> Read(SqlConnection connection, long first, long last)
    {
        var instances = InterfaceChildren.Read(
            connection.Prepare(Select), first, last, static row => (Session: row.IsNull(1) ? null : row.Text(1), Kind: SessionTable.Attachments.Read(row, 2), Enforcer: row.IsNull(3) ? null : row.Text(3)));
        return instances.Count == 0 ? static record => record : record => instances.TryGetValue(record.InterfaceId, out var own)
            ? record with { Session = own[0].Session, Attachment = own[0].Kind == AttachmentKind.None ? null : new InterfaceAttachment(own[0].Kind, own[0].Enforcer) }
            : record;
    }
}
