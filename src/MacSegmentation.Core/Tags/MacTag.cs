using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MacSegmentation.Tags;

/// <summary>
/// A tag of an interface record: a text, a whole number or a JSON value. Equal by kind and value: 42 is not '42', and a JSON tag is equal to another one whatever
/// the order of its members or its blanks (RFC 8785).
/// </summary>
public readonly struct MacTag : IEquatable<MacTag>, IParsable<MacTag>
{
    /// <summary>Octets of UTF-8 that a tag may have in its JSON form.</summary>
    public const int MaxLength = 8 * 1024;

    private readonly string? json;

    private MacTag(string json) => this.json = json;

    /// <summary>The tag as JSON in the form of RFC 8785: a text in quotes, a number, an object or an array.</summary>
    public string Json => json ?? "\"\"";

    /// <summary>What it is.</summary>
    public TagKind Kind => Json[0] switch
    {
        '"' => TagKind.Text,
        '{' or '[' => TagKind.Json,
        _ => TagKind.Number,
    };

    /// <summary>A text.</summary>
    /// <param name="text">At least one character that is no blank, no control characters; at most 8 KiB.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static MacTag OfText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl))
        {
            throw new FormatException("A tag that is a text has at least one character that is no blank, and no control characters. Give one such as prod.");
        }

        if (!IsUnicode(text))
        {
            throw new FormatException("A tag that is a text is valid Unicode. Give whole characters, without halves of surrogate pairs.");
        }

        return Bounded(CanonicalJson.Write(text));
    }

    /// <summary>A whole number.</summary>
    public static MacTag OfInteger(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A JSON value: a text, a whole number, an object or an array.</summary>
    /// <param name="json">Its text.</param>
    /// <exception cref="FormatException">It is no such value, is larger than 8 KiB, nested deeper than 32 levels, or has a member twice.</exception>
    public static MacTag OfJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        RequireShort(json);
        return OfJson(CanonicalJson.Read(json));
    }

    /// <summary>A JSON value of a document, in which comments and trailing commas are allowed; they do not count as the tag's.</summary>
    internal static MacTag OfDocument(string json) => OfJson(CanonicalJson.Read(json, isRelaxed: true));

    /// <summary>A tag as it is written: JSON where it is JSON of an object, an array, a whole number or a text in quotes, and otherwise a text.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static MacTag Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        string text = s.Trim();
        return LooksLikeJson(text) ? OfJson(text) : OfText(text);
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MacTag result)
    {
        try
        {
            result = Parse(s ?? string.Empty, provider);
            return true;
        }
        catch (FormatException)
        {
            result = default;
            return false;
        }
    }

    /// <summary>True if a record with this tag has what the pattern names: an equal tag, or for an object or array one that contains it.</summary>
    /// <param name="pattern">The pattern.</param>
    public bool Contains(MacTag pattern) =>
        Equals(pattern) || (Kind == TagKind.Json && pattern.Kind == TagKind.Json && JsonContainment.Contains(ToElement(), pattern.ToElement()));

    /// <summary>True if this tag is about the same as the pattern: it has all members that the pattern has, with whatever in them.</summary>
    /// <param name="pattern">The pattern.</param>
    public bool HasMembersOf(MacTag pattern) =>
        Kind == TagKind.Json && pattern.Kind == TagKind.Json && JsonContainment.HasMembersOf(ToElement(), pattern.ToElement());

    /// <summary>The tag as JSON.</summary>
    public JsonElement ToElement() => CanonicalJson.Read(Json);

    /// <inheritdoc/>
    public bool Equals(MacTag other) => string.Equals(Json, other.Json, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MacTag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);

    /// <summary>True if both are equal.</summary>
    public static bool operator ==(MacTag left, MacTag right) => left.Equals(right);

    /// <summary>True if they differ.</summary>
    public static bool operator !=(MacTag left, MacTag right) => !left.Equals(right);

    /// <summary>A text as it is, unless it could be taken for JSON; everything else as JSON. <see cref="Parse"/> reads it back.</summary>
    public override string ToString()
    {
        if (Kind != TagKind.Text)
        {
            return Json;
        }

        string text = ToElement().GetString()!;
        return LooksLikeJson(text) || text.Length != text.Trim().Length ? Json : text;
    }

    /// <summary>Texts that are neither numbers nor begin as JSON does are texts, also without quotes.</summary>
    private static bool LooksLikeJson(string text) =>
        text.Length > 0 && (text[0] is '"' or '{' or '[' || (text[0] == '-' ? text[1..] : text) is { Length: > 0 } digits && digits.All(char.IsAsciiDigit));

    private static MacTag OfJson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => OfText(CanonicalJson.Text(value)),
        JsonValueKind.Number when value.TryGetInt64(out long number) => OfInteger(number),
        JsonValueKind.Object or JsonValueKind.Array => Bounded(CanonicalJson.Write(value)),
        _ => throw new FormatException($"{value.GetRawText()} is no tag. Give a text, a whole number, or a JSON object or array."),
    };

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static MacTag Bounded(string json)
    {
        RequireShort(json);
        return new MacTag(json);
    }

    private static void RequireShort(string json)
    {
        int length = Encoding.UTF8.GetByteCount(json);
        if (length > MaxLength)
        {
            throw new FormatException($"This tag has {length:N0} octets; the most are {MaxLength:N0}. Give less, or a name for it.");
        }
    }
}
