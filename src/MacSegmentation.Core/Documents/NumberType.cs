using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>A whole number.</summary>
/// <param name="minimum">The smallest that can be applied.</param>
/// <param name="maximum">The largest.</param>
internal sealed class NumberType(int minimum, int maximum) : DocumentType<int>
{
    /// <inheritdoc/>
    public override int Read(ref DocumentReader reader) => reader.ReadNumber();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, int value) => json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "integer");
        schema.WriteNumber("minimum", minimum);
        schema.WriteNumber("maximum", maximum);
    }
}
