using System.Text;
using MacSegmentation.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

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

    /// <summary>The answer for whatever went wrong.</summary>
    /// <param name="error">What was thrown.</param>
    public static ServiceAnswer Of(Exception error) => error switch
    {
        ServiceError own => Create(own.Status, own.ErrorId, own.Message),

        // The server's: a body that ends early, comes too slowly, or is framed wrongly. Its sentences name nothing of this host.
        BadHttpRequestException request => Create(request.StatusCode, "RequestInvalid", request.Message),
        MacSegmentationException { Kind: MacErrorKind.InvalidData or MacErrorKind.NotInstalled } => Internal(),
        MacSegmentationException domain when IsOwnTrouble(domain) => Create(503, domain.ErrorId, "The store of this service cannot be used now, and nothing was changed. Ask again later."),
        MacSegmentationException domain => Create(StatusOf(domain.Kind), domain.ErrorId, domain.Message),
        _ => Internal(),
    };

    /// <summary>True if the one who runs the service has to know of the error, because no client can do anything about it.</summary>
    /// <param name="error">What was thrown.</param>
    public static bool IsOwnTrouble(Exception error) => error switch
    {
        ServiceError or BadHttpRequestException => false,
        MacSegmentationException domain => domain.EndsTransaction || domain.ErrorId.StartsWith("Store", StringComparison.Ordinal) || domain.Kind is MacErrorKind.InvalidData or MacErrorKind.NotInstalled,
        _ => true,
    };

    /// <summary>Makes an answer.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="errorId">The error's id.</param>
    /// <param name="sentence">What is wrong, and the way out.</param>
    public static ServiceAnswer Create(int status, string errorId, string sentence) => new(status, default)
    {
        Problem = new ProblemDetails
        {
            Type = TypePrefix + errorId,
            Title = Title(errorId),
            Status = status,
            Detail = sentence,
            Extensions = { ["errorId"] = errorId },
        },
        RetryAfter = status is 503 or 429 ? UsualRetry : null,
    };

    private static ServiceAnswer Internal() => Create(500, "InternalError", "The service failed at this request. Its log says why; ask its administrator.");

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
