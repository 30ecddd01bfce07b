using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>Values of the domain as one text with commas between them.</summary>
/// <typeparam name="T">The value, which reads and writes itself.</typeparam>
/// <param name="pattern">What the text matches, as far as a regular expression can say.</param>
internal sealed class JoinedType<T>(string pattern) : DocumentType<IReadOnlyList<T>>
    where T : IParsable<T>
{
    /// <summary>What is to be said about it, if several members share it.</summary>
    public string? Description { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<T> Read(ref DocumentReader reader)
    {
        var values = new List<T>();
        foreach (string part in reader.ReadText().Split(','))
        {
            values.Add(reader.Parse<T>(part));
        }

        return values;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, IReadOnlyList<T> value) => json.WriteStringValue(string.Join(',', value));

    /// <inheritdoc/>
    public override bool AreSame(IReadOnlyList<T>? one, IReadOnlyList<T>? other) => one!.SequenceEqual(other!);

    /// <inheritdoc/>
    public override bool IsNone(IReadOnlyList<T>? value) => value is null or { Count: 0 };

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteGiven("description", Description);
        schema.WriteString("type", "string");
        schema.WriteString("pattern", pattern);
    }
}
