namespace MacSegmentation.Provision;

/// <summary>An error of the service's own, before or beside the rules of the domain: it becomes the answer.</summary>
/// <param name="status">The status code.</param>
/// <param name="errorId">Stable id in PascalCase.</param>
/// <param name="sentence">A sentence that names the thing and the way out.</param>
#pragma warning disable RCS1194 // It is made in one way only.
internal sealed class ServiceError(int status, string errorId, string sentence) : Exception(sentence)
#pragma warning restore RCS1194
{
    /// <summary>The status code.</summary>
    public int Status => status;

    /// <summary>Stable id in PascalCase.</summary>
    public string ErrorId => errorId;
}
