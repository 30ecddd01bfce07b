using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;
using System.Text;
using System.Text.Json;
using MacSegmentation.Tags;

namespace MacSegmentation.Arguments;

/// <summary>Makes a tag of a value of PowerShell.</summary>
internal static class TagValue
{
    private const int MaxDepth = 32;
    private const string Ways = "Give a text, a whole number, or a hashtable such as @{ tier = 'web' }.";

    /// <summary>The tag that a value means.</summary>
    /// <param name="given">The value, in PowerShell's wrapper or not.</param>
    /// <exception cref="FormatException">It means none; the message says why and what is right.</exception>
    public static MacTag ToTag(object? given)
    {
        object? value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value switch
        {
            MacTag tag => tag,
            not null when SavedTag.Read(given!) is { } saved => saved,
            string text => MacTag.OfText(text),
            bool flag => throw new FormatException($"{(flag ? "$true" : "$false")} is no tag. {Ways}"),
            double or float or decimal => throw new FormatException($"{Invariant(value)} is no tag: a tag's number is whole. Give a whole number, or put it into a hashtable."),
            long or int or short or sbyte or byte or ushort or uint or ulong or BigInteger => OfInteger(value),
            PSCustomObject when IsSavedObject(given!) => throw NoValue(PSObject.AsPSObject(given!).TypeNames[0]),
            IDictionary or PSCustomObject => MacTag.OfJson(ToJson(given)),
            IEnumerable several when IsList(several) => MacTag.OfJson(ToJson(given)),
            _ => MacTag.OfText(Text(value!) ?? throw NoValue(value!)),
        };
    }

    private static MacTag OfInteger(object value) => long.TryParse(Invariant(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        ? MacTag.OfInteger(number)
        : throw new FormatException($"{Invariant(value)} is too large for a tag. Give a whole number from {long.MinValue} to {long.MaxValue}, or a text.");

    private static string ToJson(object? given)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            Write(json, given, depth: 0);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, object? given, int depth)
    {
        object? value = given is PSObject wrapped ? wrapped.BaseObject : given;
        if (depth > MaxDepth)
        {
            throw new FormatException($"This tag is nested deeper than {MaxDepth} levels, or has itself in it. Give one with fewer levels.");
        }

        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case MacTag tag:
                json.WriteRawValue(tag.Json);
                break;
            case string text:
                WriteText(json, text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case SwitchParameter flag:
                json.WriteBooleanValue(flag.IsPresent);
                break;
            case double number when !double.IsFinite(number):
            case float single when !float.IsFinite(single):
                throw new FormatException($"{Invariant(value)} is no number in JSON. Give a finite one, a text, or $null.");
            case double or float or decimal or long or int or short or sbyte or byte or ushort or uint or ulong or BigInteger:
                json.WriteRawValue(value is double or float ? ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture) : Invariant(value));
                break;
            case IDictionary members:
                WriteMembers(json, members.Cast<DictionaryEntry>().Select(member => (Invariant(member.Key), member.Value)), depth);
                break;
            case PSCustomObject:
                WriteMembers(json, PSObject.AsPSObject(given!).Properties.Select(property => (property.Name, (object?)property.Value)), depth);
                break;
            case IEnumerable several when IsList(several):
                json.WriteStartArray();
                foreach (object? element in several)
                {
                    Write(json, element, depth + 1);
                }

                json.WriteEndArray();
                break;
            default:
                WriteText(json, Text(value) ?? throw NoValue(value));
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, IEnumerable<(string Name, object? Value)> members, int depth)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            json.WritePropertyName(Unicode(name));
            Write(json, value, depth + 1);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string text) => json.WriteStringValue(Unicode(text));

    /// <summary>The writer would put other characters in the place of halves.</summary>
    private static string Unicode(string text) => text.EnumerateRunes().Count(rune => rune == Rune.ReplacementChar) == text.Count(sign => sign == Rune.ReplacementChar.Value)
        ? text
        : throw new FormatException("A text in this tag is not valid Unicode. Give whole characters, without halves of surrogate pairs.");

    /// <summary>The text of a value that is shown as one, with dates as ISO 8601 has them; null if it is none.</summary>
    private static string? Text(object value) => value switch
    {
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("o", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("o", CultureInfo.InvariantCulture),
        ValueType or IPAddress or PhysicalAddress or Uri or Version => Invariant(value),
        _ => null,
    };

    private static bool IsList(IEnumerable value) => value is not (string or IDictionary) && value.GetType() is var type && (type.IsArray || value is IList or ICollection);

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>True for an object of CLIXML or a job that was no object of a script: live it is no tag either.</summary>
    private static bool IsSavedObject(object given) => PSObject.AsPSObject(given).TypeNames is [var name, ..]
        && name.StartsWith("Deserialized.", StringComparison.Ordinal)
        && !name.EndsWith(nameof(PSCustomObject), StringComparison.Ordinal);

    private static FormatException NoValue(object value) => NoValue(value.GetType().Name);

    private static FormatException NoValue(string type) => new($"An object of the type {type} is no tag. {Ways}");
}
