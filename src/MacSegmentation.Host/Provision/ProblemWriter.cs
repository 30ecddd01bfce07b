using Microsoft.AspNetCore.Http;

namespace MacSegmentation.Provision;

/// <summary>
/// Writes problem details for the whole service. The framework's own writer is silent to a client that takes no JSON, so that a 406 would have no body,
/// which RFC 9110 section 12.4.1 does not ask for; and it adds a trace's id, which nobody here can look up.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    /// <inheritdoc/>
    public bool CanWrite(ProblemDetailsContext context) => true;

    /// <inheritdoc/>
    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ServiceAnswer.WriteBody(context.HttpContext.Response, ServiceAnswer.ProblemJson, ServiceJson.Write(context.ProblemDetails));
        return ValueTask.CompletedTask;
    }
}
