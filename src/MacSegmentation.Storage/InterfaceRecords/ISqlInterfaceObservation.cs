using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.InterfaceRecords;

/// <summary>What is observed of interface records, as statements.</summary>
internal interface ISqlInterfaceObservation : ISqlInterfaceReader, IInterfaceObservation
{
    /// <summary>A use that was not renewed for so long is of no use to anyone: enforcers that died leave no more rows than a day brings.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    void IInterfaceObservation.UpsertInterfaceUse(InterfaceUse use)
    {
        Connection
            .Prepare(
                """
                INSERT INTO interface_use (interface_id, enforcer_id, host_name, process, seen_at)
                SELECT interface_id, ?, ?, ?, ? FROM interface WHERE interface_id = ?
                ON CONFLICT (interface_id, enforcer_id) DO UPDATE SET host_name = excluded.host_name, process = excluded.process, seen_at = excluded.seen_at
                """)
            .Bind(1, use.EnforcerId)
            .Bind(2, use.HostName)
            .Bind(3, use.Process)
            .Bind(4, StoredTime.From(use.SeenAt))
            .Bind(5, use.InterfaceId)
            .Run();
        Connection
            .Prepare("DELETE FROM interface_use WHERE interface_id = ? AND seen_at < ?")
            .Bind(1, use.InterfaceId)
            .Bind(2, StoredTime.From(use.SeenAt - Remembered))
            .Run();
    }

    void IInterfaceObservation.DeleteInterfaceUses(string enforcerId) =>
        Connection.Prepare("DELETE FROM interface_use WHERE enforcer_id = ?").Bind(1, enforcerId).Run();
}
