using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>A value of the domain by its text.</summary>
/// <typeparam name="T">The value, which reads and writes itself.</typeparam>
/// <param name="pattern">What its text matches, as far as a regular expression can say.</param>
internal sealed class ParsedType<T>(string pattern) : DocumentType<T>
    where T : IParsable<T>
{
    /// <summary>What is to be said about it, if several members share it.</summary>
    public string? Description { get; init; }

    /// <summary>Texts that people write.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <inheritdoc/>
    public override T Read(ref DocumentReader reader) => reader.Parse<T>(reader.ReadText());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, T value) => json.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteGiven("description", Description);
        schema.WriteString("type", "string");
        schema.WriteString("pattern", pattern);
        if (Examples.Count > 0)
        {
            schema.WriteStartArray("examples");
            foreach (string example in Examples)
            {
                schema.WriteStringValue(example);
            }

            schema.WriteEndArray();
        }
    }
}
