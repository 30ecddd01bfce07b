using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>A list.</summary>
/// <typeparam name="T">An item.</typeparam>
/// <param name="item">What the items are.</param>
internal sealed class ListType<T>(DocumentType<T> item) : DocumentType<IReadOnlyList<T>>
{
    /// <summary>How many items it can have.</summary>
    public int? MaxItems { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<DocumentType> Parts => [item];

    /// <inheritdoc/>
    public override IReadOnlyList<T> Read(ref DocumentReader reader) => reader.ReadList(item);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, IReadOnlyList<T> value)
    {
        json.WriteStartArray();
        foreach (var one in value)
        {
            item.Write(json, one);
        }

        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override bool AreSame(IReadOnlyList<T>? one, IReadOnlyList<T>? other) =>
        one!.Count == other!.Count && one.Zip(other).All(pair => item.AreSame(pair.First, pair.Second));

    /// <inheritdoc/>
    public override bool IsNone(IReadOnlyList<T>? value) => value is null or { Count: 0 };

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "array");
        schema.WriteGiven("maxItems", MaxItems);
        schema.WriteStartObject("items");
        item.Refer(schema);
        schema.WriteEndObject();
    }
}
