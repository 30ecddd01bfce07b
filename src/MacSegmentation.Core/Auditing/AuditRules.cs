using MacSegmentation.Errors;

namespace MacSegmentation.Auditing;

/// <summary>The rules of the audit.</summary>
public static class AuditRules
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 1000;

    /// <summary>Begins a change that somebody makes, and no part of the system by itself: its reason goes into the audit, and a store may require one.</summary>
    /// <param name="store">The transaction, before anything was written.</param>
    /// <param name="reason">Why the change is made; null or empty if nobody said.</param>
    /// <exception cref="MacSegmentationException">InvalidReason, ReasonRequired.</exception>
    public static void Begin<T>(T store, string? reason)
        where T : IAuditReader, IAuditWriter
    {
        string? given = Normalize(reason);
        if (given is null && store.AuditSettings.IsReasonRequired)
        {
            throw new MacSegmentationException(
                "ReasonRequired",
                MacErrorKind.InvalidArgument,
                "This store takes no change without a reason. Say why with -Reason (macseg: --reason), such as a ticket's number.");
        }

        store.Reason = given;
    }

    /// <summary>Changes what holds for the audit.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="settings">The settings as they are to be.</param>
    public static AuditSettings Change<T>(T store, AuditSettings settings)
        where T : IAuditReader, IAuditWriter
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings != store.AuditSettings)
        {
            store.UpdateAuditSettings(settings);
            store.AppendAudit(new AuditEntry(AuditAction.ChangeAuditSettings, 0, "audit", settings.IsReasonRequired ? "a reason is required" : "a reason is not required"));
        }

        return settings;
    }

    /// <summary>A reason as it is kept; null if there is none.</summary>
    /// <param name="reason">The reason as it was given.</param>
    /// <exception cref="MacSegmentationException">InvalidReason.</exception>
    public static string? Normalize(string? reason)
    {
        string given = reason?.Trim() ?? string.Empty;
        return given.Length > MaxReasonLength || given.Any(char.IsControl)
            ? throw new MacSegmentationException(
                "InvalidReason", MacErrorKind.InvalidArgument, $"A reason has at most {MaxReasonLength} characters and no control characters. Give a shorter, plain one.", reason)
            : given.Length > 0 ? given : null;
    }
}
