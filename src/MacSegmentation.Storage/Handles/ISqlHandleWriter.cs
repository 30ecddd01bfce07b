using MacSegmentation.Handles;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Handles;

/// <summary>The changes of handles, as statements.</summary>
internal interface ISqlHandleWriter : ISqlHandleReader, IHandleWriter, ISqlChange
{
    void IHandleWriter.InsertHandle(MacHandle handle) => HandleTable.Rows.Insert(this, handle);

    void IHandleWriter.UpdateHandle(MacHandle handle) => HandleTable.Rows.Update(this, handle);

    void IHandleWriter.DeleteHandle(long handleId) => HandleTable.Rows.Delete(this, handleId);

    void IHandleWriter.MarkHandleReported(long handleId, long revision) => Connection
        .Prepare("UPDATE handle SET is_reported = 1 WHERE handle_id = ? AND revision = ?")
        .Bind(1, handleId)
        .Bind(2, revision)
        .Run();

    void IHandleWriter.MarkHandlesUnreported(string provider)
    {
        // Databases differ in what they take for the same letter; there are few providers.
        foreach (string written in Connection.Prepare("SELECT DISTINCT provider FROM handle").All(static row => row.Text(0)).Where(other => string.Equals(other, provider, StringComparison.OrdinalIgnoreCase)))
        {
            Connection.Prepare("UPDATE handle SET is_reported = 0 WHERE provider = ?").Bind(1, written).Run();
        }
    }
}
