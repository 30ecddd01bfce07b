using MacSegmentation.Clients;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MacSegmentation.Provision;

/// <summary>Gives each request its name, and writes down what came of it.</summary>
/// <param name="metrics">What is counted.</param>
/// <param name="log">Where it is written; null for nowhere.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestRecorder(ServiceMetrics metrics, AccessLog? log, TimeProvider time)
{
    private const string Field = "X-Request-Id";
    private const int LongestId = 128;

    /// <summary>Where the id of an answer's error is kept while it is sent.</summary>
    public static readonly object ErrorId = new();

    /// <summary>Sees a request through.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What answers it.</param>
    public async Task Record(HttpContext context, RequestDelegate next)
    {
        long begin = time.GetTimestamp();
        var came = time.GetUtcNow();
        string id = context.Request.Headers[Field] is [{ Length: > 0 and <= LongestId } own] && own.All(static sign => sign is > ' ' and < '\x7f') ? own : Guid.NewGuid().ToString("N");
        context.Response.Headers[Field] = id;

        // What answers an error clears the header before it does.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Field] = id;
            return Task.CompletedTask;
        });
        string raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        metrics.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            var took = time.GetElapsedTime(begin);
            string path = RequestTarget.Parse(raw).Path;
            int status = context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted ? 499 : context.Response.StatusCode;
            metrics.End(context.Request.Method, path, status, took);
            log?.Note(new AccessRecord(
                came,
                id,
                context.Features.Get<MacProviderClient>()?.Name ?? string.Empty,
                $"{context.Connection.RemoteIpAddress}",
                context.Request.Method,
                path.Length <= ServiceLimits.MaxTargetLength ? path : path[..ServiceLimits.MaxTargetLength],
                status,
                context.Items.TryGetValue(ErrorId, out object? error) ? (string)error! : string.Empty,
                took));
        }
    }
}
