using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.NetworkSessions;

/// <summary>The sessions that interface records belong to as instances.</summary>
internal sealed class InstanceSessions : IInterfaceChildren
{
    private const string Select = "SELECT interface_id, name FROM network_instance JOIN network_session ON name_key = session_key WHERE interface_id BETWEEN ? AND ?";

    /// <inheritdoc/>
    public Func<MacInterface, MacInterface> Read(SqlConnection connection, long first, long last)
    {
        var sessions = InterfaceChildren.Read(connection.Prepare(Select), first, last, static row => row.Text(1));
        return sessions.Count == 0 ? static record => record : record => sessions.TryGetValue(record.InterfaceId, out var own) ? record with { Session = own[0] } : record;
    }
}
