using System.Text.Json;
using MacSegmentation.Documents;

namespace MacSegmentation.Tags;

/// <summary>A tag in documents: the JSON value that it is.</summary>
internal sealed class TagType : DocumentType<MacTag>
{
    /// <summary>The type.</summary>
    public static TagType Instance { get; } = new();

    /// <inheritdoc/>
    public override MacTag Read(ref DocumentReader reader) => reader.ReadValue(MacTag.OfDocument);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, MacTag value) => json.WriteRawValue(value.Json);

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("type");
        foreach (string type in new[] { "string", "integer", "object", "array" })
        {
            schema.WriteStringValue(type);
        }

        schema.WriteEndArray();
    }
}
