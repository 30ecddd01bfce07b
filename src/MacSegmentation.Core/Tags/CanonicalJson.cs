using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MacSegmentation.Tags;

/// <summary>
/// JSON in the one form of RFC 8785 (JSON Canonicalization Scheme): no blanks, members by the UTF-16 code units of their names, numbers as ECMAScript writes them, and no
/// escape but those that must be. Two texts that say the same are the same.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>How deep values may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>Beyond it not every whole number is a double (RFC 7493 section 2.2): two numbers would be one.</summary>
    private const long MaxExactInteger = (1L << 53) - 1;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Relaxed = Strict with { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a value.</summary>
    /// <param name="json">The text of one JSON value.</param>
    /// <param name="isRelaxed">True where comments and trailing commas are allowed, as in documents.</param>
    /// <exception cref="FormatException">It is none, is nested too deep, has a member twice, or a number or text that has no one form.</exception>
    public static JsonElement Read(string json, bool isRelaxed = false)
    {
        try
        {
            using var document = JsonDocument.Parse(json, isRelaxed ? Relaxed : Strict);
            return document.RootElement.Clone();
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException(
                $"This is not JSON of at most {MaxDepth} levels with each member once: {error.Message.Split(" LineNumber:", StringSplitOptions.None)[0]}", error);
        }
    }

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="FormatException">A number cannot be kept as it is, or a text is no Unicode.</exception>
    public static string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>Writes a text.</summary>
    public static string Write(string text)
    {
        var written = new StringBuilder();
        AppendText(written, text);
        return written.ToString();
    }

    /// <summary>Writes a number: RFC 8785 section 3.2.2.3, ECMA-262's Number::toString.</summary>
    /// <param name="number">A finite number.</param>
    public static string Write(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        (string digits, int point) = Digits(Math.Abs(number).ToString("R", CultureInfo.InvariantCulture));
        string sign = number < 0 ? "-" : string.Empty;
        int count = digits.Length;
        return point switch
        {
            > 0 and <= 21 when count <= point => $"{sign}{digits}{new string('0', point - count)}",
            > 0 and <= 21 => $"{sign}{digits[..point]}.{digits[point..]}",
            > -6 and <= 0 => $"{sign}0.{new string('0', -point)}{digits}",
            _ => $"{sign}{digits[0]}{(count > 1 ? $".{digits[1..]}" : string.Empty)}e{(point > 0 ? "+" : "-")}{Whole(Math.Abs(point - 1))}",
        };
    }

    private static void Append(StringBuilder to, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendAll(to, '{', '}', Members(value), (text, member) =>
                {
                    AppendText(text, member.Name);
                    text.Append(':');
                    Append(text, member.Value);
                });
                break;
            case JsonValueKind.Array:
                AppendAll(to, '[', ']', value.EnumerateArray(), Append);
                break;
            case JsonValueKind.String:
                AppendText(to, Text(value));
                break;
            case JsonValueKind.Number:
                to.Append(Number(value));
                break;
            default:
                to.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder to, char open, char close, IEnumerable<T> values, Action<StringBuilder, T> append)
    {
        to.Append(open);
        int before = to.Length;
        foreach (var value in values)
        {
            if (to.Length > before)
            {
                to.Append(',');
            }

            append(to, value);
        }

        to.Append(close);
    }

    /// <summary>The characters of a text.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="FormatException">It is no Unicode.</exception>
    public static string Text(JsonElement value) => Unicode(() => value.GetString()!);

    private static JsonProperty[] Members(JsonElement value) =>
        Unicode(() => value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).ToArray());

    private static T Unicode<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException("A text in it is not valid Unicode. Give whole characters, without halves of surrogate pairs.", error);
        }
    }

    /// <summary>RFC 8785 section 3.2.2.2.</summary>
    private static void AppendText(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (char sign in text)
        {
            _ = sign switch
            {
                '"' or '\\' => to.Append('\\').Append(sign),
                '\b' => to.Append("\\b"),
                '\t' => to.Append("\\t"),
                '\n' => to.Append("\\n"),
                '\f' => to.Append("\\f"),
                '\r' => to.Append("\\r"),
                < ' ' => to.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}"),
                _ => to.Append(sign),
            };
        }

        to.Append('"');
    }

    /// <summary>
    /// A number that is kept. What would be written as a whole number that is not exact is refused however it was given: the written form has to come back as itself.
    /// </summary>
    private static string Number(JsonElement value)
    {
        double number = value.GetDouble();
        string written = double.IsFinite(number) ? Write(number) : string.Empty;
        bool isExact = Math.Abs(number) <= MaxExactInteger || written.Contains('e', StringComparison.Ordinal);
        return isExact ? written : throw NotExact(value.GetRawText());
    }

    private static FormatException NotExact(string number) =>
        new($"The number {number} cannot be told from its neighbours in every program. Give one between -{MaxExactInteger} and {MaxExactInteger}, or a text.");

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The digits of a number without zeros at either end, and where its decimal point stands, counted from the first of them.</summary>
    /// <param name="shortest">The fewest digits that come back as the number, with or without an exponent.</param>
    private static (string Digits, int Point) Digits(string shortest)
    {
        string[] parts = shortest.Split('E');
        string[] mantissa = parts[0].Split('.');
        string digits = string.Concat(mantissa);
        string significant = digits.TrimStart('0');
        int exponent = parts.Length == 1 ? 0 : int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (significant.TrimEnd('0'), mantissa[0].Length - (digits.Length - significant.Length) + exponent);
    }
}
