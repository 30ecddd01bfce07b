using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>One of a few names, as they are written.</summary>
/// <typeparam name="T">The enumeration that has them.</typeparam>
/// <param name="noun">What the value is called in errors.</param>
internal sealed class ChoiceType<T>(string noun) : DocumentType<T>
    where T : struct, Enum
{
    private static readonly string[] Names = Enum.GetNames<T>();
    private static readonly T[] Values = Enum.GetValues<T>();

    /// <summary>What is to be said about it, if several members share it.</summary>
    public string? Description { get; init; }

    /// <inheritdoc/>
    public override T Read(ref DocumentReader reader)
    {
        string name = reader.ReadText();
        int index = Array.IndexOf(Names, name);
        return index >= 0 ? Values[index] : throw reader.Wrong($"'{name}' is no {noun}. Give {string.Join(", ", Names[..^1])} or {Names[^1]}.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, T value) => json.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteGiven("description", Description);
        schema.WriteStartArray("enum");
        foreach (string name in Names)
        {
            schema.WriteStringValue(name);
        }

        schema.WriteEndArray();
    }
}
