using System.Buffers;

namespace MacSegmentation.Handles;

/// <summary>Brings the forms of one name to one text.</summary>
internal static class HandleText
{
    private const int ShortName = 8;
    private const int LongName = 16;
    private static readonly SearchValues<char> SchemeSigns = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
    private static readonly string[] HexNamespaces = ["wwn", "eui", "eui64", "eui-64", "naa", "uuid"];

    public static string Normalize(string text) =>
        Octets(text) ?? Uuid(text) ?? Duid(text) ?? IscsiName(text) ?? Urn(text) ?? Uri(text) ?? text;

    /// <summary>The hexadecimal digits of a WWN, EUI-64, NAA name or UUID in the form that <see cref="Normalize"/> gives; null of any other name.</summary>
    public static string? Digits(string text)
    {
        string rest = text;
        if (text.StartsWith("urn:", StringComparison.Ordinal) && text.IndexOf(':', 4) is > 0 and var end && HexNamespaces.Contains(text[4..end], StringComparer.Ordinal))
        {
            rest = text[(end + 1)..];
        }
        else if (text.StartsWith("eui.", StringComparison.Ordinal) || text.StartsWith("naa.", StringComparison.Ordinal))
        {
            rest = text[4..];
        }

        return rest.Length > 0 && rest.All(IsHexSign) ? rest.Replace(":", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal) : null;
    }

    /// <summary>A UUID, bare or in braces as Windows writes it, as a URN (RFC 9562 section 4).</summary>
    private static string? Uuid(string text) =>
        Guid.TryParseExact(text, "D", out var uuid) || Guid.TryParseExact(text, "B", out uuid) ? $"urn:uuid:{uuid:D}" : null;

    /// <summary>A bare WWN or EUI-64 (8 octets) or NAA name (16 octets): octets in lower case between colons.</summary>
    private static string? Octets(string text)
    {
        ReadOnlySpan<char> digits = text;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            digits = digits[2..];
        }

        char separator = digits.Length > 2 && digits[2] is ':' or '-' ? digits[2] : '\0';
        int step = separator == '\0' ? 2 : 3;
        int count = (digits.Length + step - 2) / step;
        if (count is not (ShortName or LongName) || digits.Length != (count * step) - (step - 2))
        {
            return null;
        }

        Span<char> octets = stackalloc char[(LongName * 3) - 1];
        int end = 0;
        for (int i = 0; i < digits.Length; i += step)
        {
            if (!char.IsAsciiHexDigit(digits[i]) || !char.IsAsciiHexDigit(digits[i + 1]) || (separator != '\0' && i + 2 < digits.Length && digits[i + 2] != separator))
            {
                return null;
            }

            if (i > 0)
            {
                octets[end++] = ':';
            }

            octets[end++] = char.ToLowerInvariant(digits[i]);
            octets[end++] = char.ToLowerInvariant(digits[i + 1]);
        }

        return new string(octets[..end]);
    }

    /// <summary>A DHCPv6 unique identifier, <c>duid:</c> and its octets, with what follows a slash (the IAID): in lower case, without separators between the octets.</summary>
    private static string? Duid(string text)
    {
        const string Scheme = "duid:";
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        int end = text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? slash : text.Length;
        string octets = text[Scheme.Length..end];
        return octets.Length > 0 && octets.All(IsHexSign)
            ? $"{Scheme}{octets.Replace(":", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal).ToLowerInvariant()}{text[end..].ToLowerInvariant()}"
            : null;
    }

    private static string? IscsiName(string text) =>
        text.StartsWith("iqn.", StringComparison.OrdinalIgnoreCase) || text.StartsWith("eui.", StringComparison.OrdinalIgnoreCase) || text.StartsWith("naa.", StringComparison.OrdinalIgnoreCase)
            ? text.ToLowerInvariant()
            : null;

    private static string? Urn(string text)
    {
        if (!text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        int end = text.IndexOf(':', 4);
        if (end < 0)
        {
            return null;
        }

        string name = text[4..end].ToLowerInvariant();
        string rest = text[(end + 1)..];
        return $"urn:{name}:{(string.Equals(name, "uuid", StringComparison.Ordinal) && Guid.TryParse(rest, out var uuid) ? $"{uuid:D}" : HexNamespaces.Contains(name, StringComparer.Ordinal) && rest.All(IsHexSign) ? Octets(rest) ?? rest.ToLowerInvariant() : rest)}";
    }

    /// <summary>Scheme and host in lower case; what is before the host (user) and after it (port, path, query) keeps its case.</summary>
    private static string? Uri(string text)
    {
        int end = text.IndexOf(':', StringComparison.Ordinal);
        if (end <= 0 || !char.IsAsciiLetter(text[0]) || text.AsSpan(0, end).ContainsAnyExcept(SchemeSigns))
        {
            return null;
        }

        string scheme = text[..end].ToLowerInvariant();
        string rest = text[end..];
        if (!rest.StartsWith("://", StringComparison.Ordinal))
        {
            return scheme + rest;
        }

        int authorityEnd = rest.AsSpan(3).IndexOfAny("/?#") is >= 0 and var found ? 3 + found : rest.Length;
        int hostStart = rest.LastIndexOf('@', authorityEnd - 1, authorityEnd - 3) is >= 0 and var at ? at + 1 : 3;
        return $"{scheme}{rest[..hostStart]}{rest[hostStart..authorityEnd].ToLowerInvariant()}{rest[authorityEnd..]}";
    }

    private static bool IsHexSign(char sign) => char.IsAsciiHexDigit(sign) || sign is ':' or '-';
}
