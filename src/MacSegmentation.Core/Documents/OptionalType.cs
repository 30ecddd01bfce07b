using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>A value that may be absent; what is absent is not written.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="type">What it is if it is there.</param>
internal sealed class OptionalType<T>(DocumentType<T> type) : DocumentType<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override IEnumerable<DocumentType> Parts => type.Parts;

    /// <inheritdoc/>
    public override T? Read(ref DocumentReader reader) => type.Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, T? value) => type.Write(json, value!.Value);

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema) => type.Describe(schema);
}
