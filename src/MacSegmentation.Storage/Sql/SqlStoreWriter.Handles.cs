using MacSegmentation.Handles;

namespace MacSegmentation.Stores.Sql;

/// <content>Handles.</content>
internal partial class SqlStoreWriter
{
    public void InsertHandle(MacHandle handle)
    {
        var statement = Connection.Prepare(
            """
            INSERT INTO handle (
                vlan_id, address, state, instance_id, provider, assigned_at, ended_at, reason, notice, is_reported, revision, rests_until, handle, copy_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        BindHandle(statement, handle).Bind(13, handle.Handle).Bind(14, handle.IsCopy ? Key(handle.InstanceId) : string.Empty).Run();
    }

    public void UpdateHandle(MacHandle handle)
    {
        var statement = Connection.Prepare(
            """
            UPDATE handle
            SET vlan_id = ?, address = ?, state = ?, instance_id = ?, provider = ?, assigned_at = ?, ended_at = ?, reason = ?, notice = ?, is_reported = ?,
                revision = ?, rests_until = ?
            WHERE handle_id = ?
            """);
        BindHandle(statement, handle).Bind(13, handle.HandleId).Run();
    }

    public void DeleteHandle(long handleId) => Connection.Prepare("DELETE FROM handle WHERE handle_id = ?").Bind(1, handleId).Run();

    public void MarkHandleReported(long handleId, long revision) => Connection
        .Prepare("UPDATE handle SET is_reported = 1 WHERE handle_id = ? AND revision = ?")
        .Bind(1, handleId)
        .Bind(2, revision)
        .Run();

    private SqlStatement BindHandle(SqlStatement statement, MacHandle handle) => statement
        .Bind(1, handle.VlanId)
        .Bind(2, Number(handle.MacAddress))
        .Bind(3, StoredNumbers.HandleStates.From(handle.State))
        .Bind(4, handle.InstanceId)
        .Bind(5, handle.Provider)
        .Bind(6, StoredNumbers.FromTime(handle.AssignedAt))
        .Bind(7, handle.EndedAt is { } ended ? StoredNumbers.FromTime(ended) : (long?)null)
        .Bind(8, handle.Reason)
        .Bind(9, handle.Notice)
        .Bind(10, handle.IsReported)
        .Bind(11, NewRevision)
        .Bind(12, handle.RestsUntil is { } until ? StoredNumbers.FromTime(until) : (long?)null);
}
