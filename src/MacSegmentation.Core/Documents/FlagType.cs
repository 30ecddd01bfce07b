using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>True or false.</summary>
internal sealed class FlagType : DocumentType<bool>
{
    /// <summary>The type.</summary>
    public static FlagType Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Read(ref DocumentReader reader) => reader.ReadFlag();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, bool value) => json.WriteBooleanValue(value);

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema) => schema.WriteString("type", "boolean");
}
