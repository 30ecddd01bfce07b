using System.Management.Automation;

namespace MacSegmentation.Errors;

/// <summary>How the domain's errors look in PowerShell.</summary>
internal static class ErrorTranslation
{
    /// <summary>The error record, with the error's own id, the category of its kind and the offending object as target.</summary>
    public static ErrorRecord ToRecord(this MacSegmentationException error) => new(error, error.ErrorId, ToCategory(error.Kind), error.Target);

    private static ErrorCategory ToCategory(MacErrorKind kind) => kind switch
    {
        MacErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        MacErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        MacErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        MacErrorKind.InUse => ErrorCategory.ResourceBusy,
        MacErrorKind.Exhausted => ErrorCategory.LimitsExceeded,
        MacErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        MacErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        MacErrorKind.InvalidData => ErrorCategory.InvalidData,
        MacErrorKind.NotInstalled => ErrorCategory.NotInstalled,
        MacErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };
}
