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

    /// <summary>Sends it.</summary>
    /// <param name="context">The request that it answers.</param>
    public ValueTask SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
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
            return context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new() { HttpContext = context, ProblemDetails = Problem });
        }

        WriteBody(response, Json, Body.Span);
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
}
