using Microsoft.Extensions.Primitives;

namespace MacSegmentation.Provision;

/// <summary>What clients send and take.</summary>
internal static class MediaTypes
{
    private static readonly string[] Answers = [ServiceAnswer.Json, ServiceAnswer.ProblemJson];

    /// <summary>True if a client takes an answer in JSON (RFC 9110 section 12.5.1): the range that says most about a type counts, and one of weight 0 refuses it.</summary>
    /// <param name="accept">The field Accept.</param>
    public static bool AcceptJson(StringValues accept)
    {
        foreach (string answer in Answers)
        {
            (int closest, bool isTaken) = (0, false);
            foreach (string? line in accept)
            {
                foreach (var range in (line ?? string.Empty).AsSpan().Split(','))
                {
                    var text = line.AsSpan()[range];
                    int end = text.IndexOf(';');
                    int closeness = ClosenessOf((end < 0 ? text : text[..end]).Trim(), answer);
                    if (closeness > closest)
                    {
                        (closest, isTaken) = (closeness, end < 0 || !HasNoWeight(text[(end + 1)..]));
                    }
                }
            }

            if (isTaken)
            {
                return true;
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

    /// <summary>How much a range says about a type: 3 its own name, 2 all of application, 1 all, 0 nothing.</summary>
    private static int ClosenessOf(ReadOnlySpan<char> range, string type) => range.Equals(type, StringComparison.OrdinalIgnoreCase) ? 3
        : range.Equals("application/*", StringComparison.OrdinalIgnoreCase) ? 2
        : range is "*/*" ? 1 : 0;

    /// <summary>True for q=0, with up to three zeros behind the point (section 12.4.2).</summary>
    private static bool HasNoWeight(ReadOnlySpan<char> parameters)
    {
        foreach (var part in parameters.Split(';'))
        {
            var parameter = parameters[part].Trim();
            if (parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            {
                return parameter[2..] is "0" or "0." or "0.0" or "0.00" or "0.000";
            }
        }

        return false;
    }
}
