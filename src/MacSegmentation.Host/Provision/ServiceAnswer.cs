namespace MacSegmentation.Provision;

/// <summary>What the service answers to a request: everything but how it is sent, so that it can be kept and given again.</summary>
/// <param name="Status">The status code (RFC 9110 section 15).</param>
/// <param name="Body">The JSON text in UTF-8.</param>
internal sealed record ServiceAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The media type of an answer.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of an error (RFC 9457 section 3).</summary>
    public const string ProblemJson = "application/problem+json";

    /// <summary>What the body is.</summary>
    public string ContentType { get; init; } = Json;

    /// <summary>Where the thing is that came to be (RFC 9110 section 10.2.2), or null.</summary>
    public string? Location { get; init; }

    /// <summary>Seconds after which the same request may succeed (RFC 9110 section 10.2.3), or null.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The methods that the path has (RFC 9110 section 10.2.1), or null.</summary>
    public string? Allow { get; init; }

    /// <summary>How a client proves who it is (RFC 9110 section 11.6.1), or null.</summary>
    public string? Challenge { get; init; }
}
