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

    void IHandleWriter.MarkHandlesUnreported(string provider) => Connection
        .Prepare("UPDATE handle SET is_reported = 0 WHERE lower(provider) = lower(?)")
        .Bind(1, provider)
        .Run();
}
