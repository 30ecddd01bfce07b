using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace MacSegmentation.Provision;

/// <summary>What the service answers to a request: everything but how it is sent, so that it can be kept and given again.</summary>
/// <param name="Status">The status code (RFC 9110 section 15).</param>
/// <param name="Body">The JSON text in UTF-8; of a problem there is none.</param>
internal sealed record ServiceAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The media type of an answer.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of an error (RFC 9457 section 3).</summary>
    public const string ProblemJson = "application/problem+json";

    /// <summary>Octets of a body that are given to the server at once.</summary>
    private const int LargestAtOnce = 64 * 1024;

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = Json;

    /// <summary>What is wrong, in place of a body, or null.</summary>
    public ProblemDetails? Problem { get; init; }

    /// <summary>Where the thing is that came to be (RFC 9110 section 10.2.2), or null.</summary>
    public string? Location { get; init; }

    /// <summary>Seconds after which the same request may succeed (RFC 9110 section 10.2.3), or null.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The methods that the path has (RFC 9110 section 10.2.1), or null.</summary>
    public string? Allow { get; init; }

    /// <summary>How a client proves who it is (RFC 9110 section 11.6.1), or null.</summary>
    public string? Challenge { get; init; }

    /// <summary>The validator of what it says (RFC 9110 section 8.8.3), quoted, or null.</summary>
    public string? ETag { get; init; }

    /// <summary>The preference that was honoured (RFC 7240 section 3), or null.</summary>
    public string? PreferenceApplied { get; init; }

    /// <summary>Sends it.</summary>
    /// <param name="context">The request that it answers.</param>
    public ValueTask SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = ETag is null ? "no-store" : "private, no-cache";
        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
        }

        if (PreferenceApplied is not null)
        {
            response.Headers["Preference-Applied"] = PreferenceApplied;
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (Allow is not null)
        {
            response.Headers.Allow = Allow;
        }

        if (Challenge is not null)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }

        if (Problem is not null)
        {
            context.Items[RequestRecorder.ErrorId] = Problem.Extensions["errorId"];
            return context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new() { HttpContext = context, ProblemDetails = Problem });
        }

        if (Status is 304)
        {
            return ValueTask.CompletedTask;
        }

        if (Body.Length > LargestAtOnce)
        {
            return SendLargeAsync(context);
        }

        WriteBody(response, ContentType, Body.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes a body. The server sends what is written when the request ends: header and body at once.</summary>
    public static void WriteBody(HttpResponse response, string contentType, ReadOnlySpan<byte> body)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            response.BodyWriter.Write(body);
        }
    }

    /// <summary>Sends a large body piece by piece, as the client takes it: many who are told the same share it, and none has a copy in the server.</summary>
    private async ValueTask SendLargeAsync(HttpContext context)
    {
        context.Response.ContentType = Json;
        context.Response.ContentLength = Body.Length;
        for (var rest = HttpMethods.IsHead(context.Request.Method) ? default : Body; rest.Length > 0;)
        {
            var piece = rest[..Math.Min(rest.Length, LargestAtOnce)];
            await context.Response.BodyWriter.WriteAsync(piece, context.RequestAborted);
            rest = rest[piece.Length..];
        }
    }
}
