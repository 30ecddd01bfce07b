namespace MacSegmentation.Errors;

/// <summary>
/// An error that a user can act on: a sentence that names the thing and the way out, a stable id, and the offending object.
/// Whoever throws it has changed nothing.
/// </summary>
public sealed class MacSegmentationException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable id in PascalCase, one for each way to fail.</param>
    /// <param name="kind">What sort of thing went wrong.</param>
    /// <param name="message">A sentence that names the thing and the way out.</param>
    /// <param name="target">The offending object.</param>
    /// <param name="innerException">The system's own error behind it, if there is one.</param>
    public MacSegmentationException(string errorId, MacErrorKind kind, string message, object? target = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Kind = kind;
        Target = target;
    }

    /// <summary>Stable id in PascalCase, one for each way to fail.</summary>
    public string ErrorId { get; }

    /// <summary>What sort of thing went wrong.</summary>
    public MacErrorKind Kind { get; }

    /// <summary>The offending object.</summary>
    public object? Target { get; }

    /// <summary>True if the store itself failed, so that nothing else in the same transaction can succeed.</summary>
    public bool EndsTransaction { get; init; }
}
