using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>A text.</summary>
internal sealed class TextType : DocumentType<string>
{
    /// <summary>What is to be said about it, if several members share it.</summary>
    public string? Description { get; init; }

    /// <summary>Fewest characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>Most characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What it matches, as far as a regular expression can say.</summary>
    public string? Pattern { get; init; }

    /// <inheritdoc/>
    public override string Read(ref DocumentReader reader) => reader.ReadText();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, string value) => json.WriteStringValue(value);

    /// <inheritdoc/>
    public override bool IsNone(string? value) => string.IsNullOrEmpty(value);

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteGiven("description", Description);
        schema.WriteString("type", "string");
        schema.WriteGiven("minLength", MinLength);
        schema.WriteGiven("maxLength", MaxLength);
        schema.WriteGiven("pattern", Pattern);
    }
}
