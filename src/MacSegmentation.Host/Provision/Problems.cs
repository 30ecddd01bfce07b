using System.Text;
using MacSegmentation.Errors;

namespace MacSegmentation.Provision;

/// <summary>Errors as problem details (RFC 9457).</summary>
/// <remarks>
/// A sentence of the domain goes out as it is: it is written for users, and names nobody else. What the store or the program says of its own troubles stays
/// here, because it names files and hosts.
/// </remarks>
internal static class Problems
{
    private const string TypePrefix = "urn:macsegmentation:error:";

    /// <summary>Seconds after which it is worth asking again what could not be answered now.</summary>
    private const int UsualRetry = 1;

    /// <summary>The answer for an error that the client can do something about.</summary>
    public static ServiceAnswer Of(ServiceError error) => Create(error.Status, error.ErrorId, error.Message);

    /// <summary>The answer for an error of the domain or the store.</summary>
    public static ServiceAnswer Of(MacSegmentationException error) => IsOwnTrouble(error)
        ? error.Kind is MacErrorKind.InvalidData or MacErrorKind.NotInstalled ? Internal() : Create(503, error.ErrorId, "The store of this service cannot be used now, and nothing was changed. Ask again later.")
        : Create(StatusOf(error.Kind), error.ErrorId, error.Message);

    /// <summary>The answer for whatever nobody thought of.</summary>
    public static ServiceAnswer Internal() => Create(500, "InternalError", "The service failed at this request. Its log says why; ask its administrator.");

    /// <summary>True if the one who runs the service has to know of the error, because no client can do anything about it.</summary>
    public static bool IsOwnTrouble(MacSegmentationException error) =>
        error.EndsTransaction || error.ErrorId.StartsWith("Store", StringComparison.Ordinal) || error.Kind is MacErrorKind.InvalidData or MacErrorKind.NotInstalled;

    /// <summary>Makes an answer.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="errorId">The error's id.</param>
    /// <param name="sentence">What is wrong, and the way out.</param>
    public static ServiceAnswer Create(int status, string errorId, string sentence) => new(status, ServiceJson.Write((status, errorId, sentence), static (json, problem) =>
    {
        json.WriteStartObject();
        json.WriteString("type"u8, TypePrefix + problem.errorId);
        json.WriteString("title"u8, Title(problem.errorId));
        json.WriteNumber("status"u8, problem.status);
        json.WriteString("detail"u8, problem.sentence);
        json.WriteString("errorId"u8, problem.errorId);
        json.WriteEndObject();
    }))
    {
        ContentType = ServiceAnswer.ProblemJson,
        RetryAfter = status is 503 or 429 ? UsualRetry : null,
    };

    private static int StatusOf(MacErrorKind kind) => kind switch
    {
        MacErrorKind.InvalidArgument => 400,
        MacErrorKind.PermissionDenied => 403,
        MacErrorKind.NotFound => 404,
        MacErrorKind.AlreadyExists or MacErrorKind.InUse or MacErrorKind.InvalidOperation or MacErrorKind.Exhausted => 409,
        MacErrorKind.Unavailable => 503,
        _ => 500,
    };

    /// <summary>The id as words, HandleLive as "Handle live": the same at each occurrence of a type, as section 3.1.3 wants it.</summary>
    private static string Title(string errorId)
    {
        var title = new StringBuilder(errorId.Length + 8);
        foreach (char sign in errorId)
        {
            if (char.IsAsciiLetterUpper(sign) && title.Length > 0)
            {
                title.Append(' ').Append(char.ToLowerInvariant(sign));
            }
            else
            {
                title.Append(sign);
            }
        }

        return title.ToString();
    }
}
