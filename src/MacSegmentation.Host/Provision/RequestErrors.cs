using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace MacSegmentation.Provision;

/// <summary>Whatever goes wrong at a request becomes its answer. One request's failure is no other's.</summary>
/// <param name="report">Told of errors that no client can do anything about.</param>
internal sealed class RequestErrors(Action<Exception> report) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Problems.IsOwnTrouble(exception))
        {
            report(exception);
        }

        await Problems.Of(exception).SendAsync(httpContext);
        return true;
    }
}
