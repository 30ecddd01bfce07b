using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace MacSegmentation.Provision;

/// <summary>Reads the bodies of requests: JSON, and no more of it than any request needs.</summary>
internal static class RequestBody
{
    /// <summary>Refuses what is no JSON.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ServiceError">BodyNotJson.</exception>
    public static void RequireJson(HttpRequest request)
    {
        if (!MediaTypes.IsJson(request.ContentType) || request.Headers.ContentEncoding.Count > 0)
        {
            throw new ServiceError(415, "BodyNotJson", $"A request is JSON. Send it with Content-Type: {ServiceAnswer.Json}, in UTF-8 and without a Content-Encoding.");
        }
    }

    /// <summary>Reads a body whole.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Makes of it what is wanted.</param>
    /// <exception cref="ServiceError">BodyTooLarge.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpRequest request, Func<ReadOnlySequence<byte>, T> read)
    {
        if (request.ContentLength > ServiceLimits.MaxBodyLength)
        {
            throw TooLarge();
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync();
            if (result.Buffer.Length > ServiceLimits.MaxBodyLength)
            {
                reader.AdvanceTo(result.Buffer.End);
                throw TooLarge();
            }

            if (!result.IsCompleted)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            try
            {
                return read(result.Buffer);
            }
            finally
            {
                reader.AdvanceTo(result.Buffer.End);
            }
        }
    }

    private static ServiceError TooLarge() =>
        new(413, "BodyTooLarge", $"The body is larger than {ServiceLimits.MaxBodyLength} octets, which are enough for any request. Send one request at a time.");
}
