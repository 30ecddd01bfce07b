using System.Globalization;
using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>A time as hours, minutes and seconds, with days in front.</summary>
internal sealed class TimeSpanType : DocumentType<TimeSpan>
{
    private static readonly string[] Formats = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFFF", @"d\.hh\:mm\:ss\.FFFFFFF"];

    /// <summary>The type.</summary>
    public static TimeSpanType Instance { get; } = new();

    /// <inheritdoc/>
    public override TimeSpan Read(ref DocumentReader reader)
    {
        string value = reader.ReadText();
        return TimeSpan.TryParseExact(value, Formats, CultureInfo.InvariantCulture, out var delay)
            ? delay
            : throw reader.Wrong($"'{value}' is no time span. Give hours, minutes and seconds as 00:10:00, with days in front as 7.00:00:00.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, TimeSpan value) => json.WriteStringValue(value.ToString("c"));

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteString("pattern", @"^([0-9]{1,4}\.)?([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?$");
    }
}
