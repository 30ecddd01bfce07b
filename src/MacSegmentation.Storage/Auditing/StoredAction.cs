using MacSegmentation.Auditing;

namespace MacSegmentation.Stores.Auditing;

/// <summary>How an audited action is written: by its name. One that was renamed keeps the name that it had, so that older programs and stores know it.</summary>
internal static class StoredAction
{
    private const string RevokeHandle = "RecoverHandle";

    /// <summary>The text of an action.</summary>
    public static string From(AuditAction action) => action is AuditAction.RevokeHandle ? RevokeHandle : action.ToString();

    /// <summary>The action of a text.</summary>
    public static AuditAction To(string text) => string.Equals(text, RevokeHandle, StringComparison.Ordinal) ? AuditAction.RevokeHandle : Enum.Parse<AuditAction>(text);
}
