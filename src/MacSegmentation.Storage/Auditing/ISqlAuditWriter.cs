using MacSegmentation.Auditing;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Auditing;

/// <summary>The changes of what holds for the audit, as statements.</summary>
internal interface ISqlAuditWriter : IAuditWriter, ISqlChange
{
    void IAuditWriter.UpdateAuditSettings(AuditSettings settings) => Connection.Prepare("UPDATE audit_settings SET is_reason_required = ?").Bind(1, settings.IsReasonRequired).Run();
}
