using System.Text;

namespace MacSegmentation.Provision;

/// <summary>A request's target as the client wrote it (RFC 9112 section 3.2), taken apart.</summary>
/// <remarks>
/// The server decodes a path but for %2F, after which the two ways to write a slash cannot be told from "%2F" itself. A handle is full of slashes and
/// colons, so it is decoded here, once and whole.
/// </remarks>
/// <param name="Path">The path, still encoded.</param>
/// <param name="Query">The query without its question mark, still encoded.</param>
internal readonly record struct RequestTarget(string Path, string Query)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Takes a target apart; the scheme and host of an absolute one are left out.</summary>
    /// <param name="target">The target.</param>
    public static RequestTarget Parse(string target)
    {
        int start = target.StartsWith('/') ? 0
            : target.IndexOf("://", StringComparison.Ordinal) is > 0 and var schemeEnd ? target.IndexOf('/', schemeEnd + 3)
            : -1;
        if (start < 0)
        {
            return new RequestTarget("/", string.Empty);
        }

        int query = target.IndexOf('?', start);
        return query < 0 ? new RequestTarget(target[start..], string.Empty) : new RequestTarget(target[start..query], target[(query + 1)..]);
    }

    /// <summary>The only parameter that a query may have; empty if there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ServiceError">QueryInvalid: another parameter, or the same twice. One that is passed over in silence could release the wrong address.</exception>
    public string ReadOnlyParameter(string name)
    {
        string? value = null;
        foreach (var parameter in ReadParameters(name))
        {
            value = value is null ? parameter.Value : throw Twice(name);
        }

        return value ?? string.Empty;
    }

    /// <summary>The parameters of a query, in their sequence; one may come several times.</summary>
    /// <param name="names">Their names; an empty one for a path that has none.</param>
    /// <exception cref="ServiceError">QueryInvalid: another parameter.</exception>
    public IEnumerable<(string Name, string Value)> ReadParameters(params string[] names)
    {
        foreach (string parameter in Query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int end = parameter.IndexOf('=', StringComparison.Ordinal);
            string key = Decode(end < 0 ? parameter : parameter[..end], isQuery: true);
            if (!names.Contains(key, StringComparer.Ordinal) || key.Length == 0)
            {
                string known = names switch
                {
                    [""] => "It has none.",
                    [var only] => $"The only one is {only}.",
                    _ => $"It has {string.Join(" and ", names)}.",
                };
                throw new ServiceError(400, "QueryInvalid", $"'{(key.Length <= 64 ? key : key[..64])}' is no parameter of this path. {known}");
            }

            yield return (key, Decode(end < 0 ? string.Empty : parameter[(end + 1)..], isQuery: true));
        }
    }

    /// <summary>A parameter that may come once came again.</summary>
    /// <param name="name">Its name.</param>
    public static ServiceError Twice(string name) => new(400, "QueryInvalid", $"The parameter {name} is given twice. Give it once.");

    /// <summary>Undoes percent-encoding (RFC 3986 section 2.1), whatever the octets are.</summary>
    /// <param name="text">The encoded text.</param>
    /// <param name="isQuery">True for a query, where a plus sign is a blank, as forms and most programs write it.</param>
    /// <exception cref="ServiceError">EncodingInvalid: a percent sign without two digits, or octets that are no UTF-8.</exception>
    public static string Decode(string text, bool isQuery = false)
    {
        if (text.AsSpan().IndexOfAny('%', '+') < 0)
        {
            return text;
        }

        byte[] octets = new byte[text.Length];
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    throw Invalid();
                }

                octets[count++] = Convert.FromHexString(text.AsSpan(i + 1, 2))[0];
                i += 2;
            }
            else if (char.IsAscii(text[i]))
            {
                octets[count++] = isQuery && text[i] == '+' ? (byte)' ' : (byte)text[i];
            }
            else
            {
                throw Invalid();
            }
        }

        try
        {
            return Strict.GetString(octets, 0, count);
        }
        catch (DecoderFallbackException)
        {
            throw Invalid();
        }
    }

    private static ServiceError Invalid() =>
        new(400, "EncodingInvalid", "The target is not percent-encoded UTF-8. Write each octet of the handle that is no letter, digit, '-', '.', '_' or '~' as '%' with two hexadecimal digits.");
}
