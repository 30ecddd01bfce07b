using System.Text.Json;
using MacSegmentation.Documents;

namespace MacSegmentation.Units;

/// <summary>A time, in every form of a <see cref="Duration"/>; written as hours, minutes and seconds, with days in front.</summary>
internal sealed class DurationType : DocumentType<TimeSpan>
{
    /// <summary>The type.</summary>
    public static DurationType Instance { get; } = new();

    /// <inheritdoc/>
    public override TimeSpan Read(ref DocumentReader reader) => reader.Parse<Duration>(reader.ReadTextOrNumber()).Value;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, TimeSpan value) => json.WriteStringValue(value.ToString("c"));

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("type");
        schema.WriteStringValue("string");
        schema.WriteStringValue("number");
        schema.WriteEndArray();
        schema.WriteNumber("minimum", 0);
        schema.WriteString("pattern", @"^(([0-9]{1,4}\.)?([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?|[0-9]{1,9}(\.[0-9]{1,7})?(ms|s|m|h|d)?)$");
    }
}
