using System.Text.Json;

namespace MacSegmentation.Reports;

/// <summary>
/// What is told of a record, described member by member, once: name, type, where its value is. From it <c>macseg</c> and the provider service write JSON, and a test
/// holds the objects that cmdlets write, and their views, to it.
/// </summary>
/// <remarks>Members are written in the sequence in which they are described. One without a value is left out.</remarks>
/// <typeparam name="T">The record.</typeparam>
public sealed class Report<T>
{
    /// <summary>The longest value that is written without a text of its own.</summary>
    private const int LongestValue = 64;

    private readonly List<ReportMember<T>> members = [];

    /// <summary>The members, as they are written.</summary>
    public IReadOnlyList<ReportMember<T>> Members => members;

    /// <summary>Writes a record as an object.</summary>
    /// <param name="json">Where.</param>
    /// <param name="record">The record.</param>
    public void Write(Utf8JsonWriter json, T record)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        WriteMembers(json, record);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of a record into an object that has others too.</summary>
    /// <param name="json">Where.</param>
    /// <param name="record">The record.</param>
    public void WriteMembers(Utf8JsonWriter json, T record)
    {
        foreach (var member in members)
        {
            member.Write(json, record);
        }
    }

    /// <summary>A text.</summary>
    /// <param name="name">The member's name in JSON.</param>
    /// <param name="get">Its value in a record; null if it has none.</param>
    /// <param name="property">The property that has it, if that is called otherwise.</param>
    public Report<T> Text(string name, Func<T, string?> get, string? property = null) => Add<string, string>(name, property, get, static (json, encoded, value) => json.WriteString(encoded, value));

    /// <summary>A whole number.</summary>
    /// <inheritdoc cref="Text"/>
    public Report<T> Number(string name, Func<T, long?> get, string? property = null) => Add<long, long?>(name, property, get, static (json, encoded, value) => json.WriteNumber(encoded, value!.Value));

    /// <summary>A number with a fraction.</summary>
    /// <inheritdoc cref="Text"/>
    public Report<T> Fraction(string name, Func<T, double?> get, string? property = null) => Add<double, double?>(name, property, get, static (json, encoded, value) => json.WriteNumber(encoded, value!.Value));

    /// <summary>True or false.</summary>
    /// <inheritdoc cref="Text"/>
    public Report<T> Flag(string name, Func<T, bool?> get, string? property = null) => Add<bool, bool?>(name, property, get, static (json, encoded, value) => json.WriteBoolean(encoded, value!.Value));

    /// <summary>A moment.</summary>
    /// <inheritdoc cref="Text"/>
    public Report<T> Time(string name, Func<T, DateTimeOffset?> get, string? property = null) =>
        Add<DateTimeOffset, DateTimeOffset?>(name, property, get, static (json, encoded, value) => json.WriteString(encoded, value!.Value));

    /// <summary>A moment that is written as null, and not left out, where there is none.</summary>
    /// <inheritdoc cref="Text"/>
    public Report<T> TimeOrNull(string name, Func<T, DateTimeOffset?> get, string? property = null)
    {
        var encoded = JsonEncodedText.Encode(name);
        return Add(name, property, typeof(DateTimeOffset), (json, record) =>
        {
            if (get(record) is { } time)
            {
                json.WriteString(encoded, time);
            }
            else
            {
                json.WriteNull(encoded);
            }
        });
    }

    /// <summary>A value that is written as its text, such as an address.</summary>
    /// <inheritdoc cref="Text"/>
    public Report<T> Value<TValue>(string name, Func<T, TValue?> get, string? property = null)
        where TValue : struct => Add<TValue, TValue?>(name, property, get, static (json, encoded, value) => Write(json, encoded, value!.Value));

    /// <summary>A value that is written as its text, such as an IP address.</summary>
    /// <inheritdoc cref="Text"/>
    public Report<T> Reference<TValue>(string name, Func<T, TValue?> get, string? property = null)
        where TValue : class => Add<TValue, TValue>(name, property, get, static (json, encoded, value) => Write(json, encoded, value));

    /// <summary>One of several.</summary>
    /// <param name="name">The member's name in JSON.</param>
    /// <param name="get">Its value in a record; null if it has none.</param>
    /// <param name="nameOf">What the value is called; its own name if nothing is given.</param>
    /// <param name="property">The property that has it, if that is called otherwise.</param>
    public Report<T> Choice<TValue>(string name, Func<T, TValue?> get, Func<TValue, string>? nameOf = null, string? property = null)
        where TValue : struct, Enum
    {
        nameOf ??= static value => value.ToString();
        return Add<TValue, TValue?>(name, property, get, (json, encoded, value) => json.WriteString(encoded, nameOf(value!.Value)));
    }

    /// <summary>A list of texts.</summary>
    /// <inheritdoc cref="Text"/>
    public Report<T> Texts(string name, Func<T, IReadOnlyList<string>> get, string? property = null)
    {
        var encoded = JsonEncodedText.Encode(name);
        return Add(name, property, typeof(string), (json, record) =>
        {
            json.WriteStartArray(encoded);
            foreach (string text in get(record))
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        });
    }

    /// <summary>A list of other records.</summary>
    /// <param name="name">The member's name in JSON.</param>
    /// <param name="get">The records.</param>
    /// <param name="item">What is told of each.</param>
    /// <param name="property">The property that has them, if that is called otherwise.</param>
    public Report<T> Items<TItem>(string name, Func<T, IReadOnlyList<TItem>> get, Report<TItem> item, string? property = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        var encoded = JsonEncodedText.Encode(name);
        return Add(name, property, typeof(TItem), (json, record) =>
        {
            json.WriteStartArray(encoded);
            foreach (var one in get(record))
            {
                item.Write(json, one);
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Another record, as an object.</summary>
    /// <param name="name">The member's name in JSON.</param>
    /// <param name="get">The other record; null if there is none.</param>
    /// <param name="part">What is told of it.</param>
    /// <param name="property">The property that has it, if that is called otherwise.</param>
    public Report<T> Part<TPart>(string name, Func<T, TPart?> get, Report<TPart> part, string? property = null)
    {
        ArgumentNullException.ThrowIfNull(part);
        var encoded = JsonEncodedText.Encode(name);
        return Add(name, property, typeof(TPart), (json, record) =>
        {
            if (get(record) is { } told)
            {
                json.WritePropertyName(encoded);
                part.Write(json, told);
            }
        });
    }

    /// <summary>The members of another record, among those of this.</summary>
    /// <param name="property">The property that has the other record.</param>
    /// <param name="get">The other record.</param>
    /// <param name="part">What is told of it.</param>
    public Report<T> With<TPart>(string property, Func<T, TPart> get, Report<TPart> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        foreach (var member in part.Members)
        {
            Add(member.Name, $"{property}.{member.Property}", member.Type, (json, record) => member.Write(json, get(record)));
        }

        return this;
    }

    /// <summary>Numbers by name, sorted by that.</summary>
    /// <inheritdoc cref="Text"/>
    public Report<T> Counts(string name, Func<T, IReadOnlyDictionary<string, long>> get, string? property = null)
    {
        var encoded = JsonEncodedText.Encode(name);
        return Add(name, property, typeof(long), (json, record) =>
        {
            json.WriteStartObject(encoded);
            foreach (var (key, count) in get(record).OrderBy(count => count.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(key, count);
            }

            json.WriteEndObject();
        });
    }

    private static void Write<TValue>(Utf8JsonWriter json, JsonEncodedText name, TValue value)
        where TValue : notnull
    {
        // What can be written without a text of its own is: this is on the way of each request of the provider service.
        Span<char> text = stackalloc char[LongestValue];
        if (value is ISpanFormattable && ((ISpanFormattable)value).TryFormat(text, out int length, format: default, provider: null))
        {
            json.WriteString(name, text[..length]);
        }
        else
        {
            json.WriteString(name, value.ToString());
        }
    }

    /// <summary>A member that is left out where it has no value.</summary>
    private Report<T> Add<TType, TValue>(string name, string? property, Func<T, TValue?> get, Action<Utf8JsonWriter, JsonEncodedText, TValue> writeValue)
    {
        var encoded = JsonEncodedText.Encode(name);
        return Add(name, property, typeof(TType), (json, record) =>
        {
            if (get(record) is { } value)
            {
                writeValue(json, encoded, value);
            }
        });
    }

    private Report<T> Add(string name, string? property, Type type, Action<Utf8JsonWriter, T> write)
    {
        members.Add(new ReportMember<T>(name, property ?? name, type, write));
        return this;
    }
}
