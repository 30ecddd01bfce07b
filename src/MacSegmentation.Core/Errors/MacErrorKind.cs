namespace MacSegmentation.Errors;

/// <summary>What sort of thing went wrong; a front end maps it to its own categories and exit codes.</summary>
public enum MacErrorKind
{
    /// <summary>The caller gave a value that can never be right.</summary>
    InvalidArgument,

    /// <summary>The thing that the caller names does not exist.</summary>
    NotFound,

    /// <summary>The thing exists already, or meets one that does.</summary>
    AlreadyExists,

    /// <summary>The thing is in use, and the change would take it away from its user.</summary>
    InUse,

    /// <summary>Nothing is left to give out.</summary>
    Exhausted,

    /// <summary>The right to do it is missing.</summary>
    PermissionDenied,

    /// <summary>A resource cannot be reached now; the same call may succeed later.</summary>
    Unavailable,

    /// <summary>A file or a stored value is damaged or foreign.</summary>
    InvalidData,

    /// <summary>A package, a driver or a feature of the system is not installed.</summary>
    NotInstalled,

    /// <summary>The operation is not valid in the present state.</summary>
    InvalidOperation,
}
