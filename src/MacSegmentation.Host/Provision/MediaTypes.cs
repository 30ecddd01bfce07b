using Microsoft.Extensions.Primitives;

namespace MacSegmentation.Provision;

/// <summary>What clients send and take.</summary>
internal static class MediaTypes
{
    private static readonly string[] Answers = ["*/*", "application/*", ServiceAnswer.Json, ServiceAnswer.ProblemJson];

    /// <summary>True if a client takes an answer in JSON (RFC 9110 section 12.5.1).</summary>
    /// <param name="accept">The field Accept.</param>
    public static bool AcceptJson(StringValues accept)
    {
        foreach (string? line in accept)
        {
            foreach (var range in (line ?? string.Empty).AsSpan().Split(','))
            {
                if (IsAnswer(line.AsSpan()[range]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>True for JSON in UTF-8, the only one that there is (RFC 8259 section 11): application/json, without a character set or with that.</summary>
    /// <param name="contentType">The field Content-Type.</param>
    public static bool IsJson(string? contentType)
    {
        var text = contentType.AsSpan();
        int end = text.IndexOf(';');
        if (!(end < 0 ? text : text[..end]).Trim().Equals(ServiceAnswer.Json, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var parameter = end < 0 ? default : text[(end + 1)..].Trim();
        return parameter.IsEmpty || parameter.Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase) || parameter.Equals("charset=\"utf-8\"", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsAnswer(ReadOnlySpan<char> range)
    {
        int end = range.IndexOf(';');
        var type = (end < 0 ? range : range[..end]).Trim();
        foreach (string answer in Answers)
        {
            if (type.Equals(answer, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
