using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>The JSON schema (2020-12) of a document, from the description of its members.</summary>
internal static class DocumentSchema
{
    /// <summary>The schema as text.</summary>
    /// <param name="root">The document.</param>
    /// <param name="title">What to call it.</param>
    /// <param name="description">What to say about it.</param>
    public static string Write(DocumentType root, string title, string description) => DocumentJson.Write(schema =>
    {
        schema.WriteStartObject();
        schema.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.WriteString("title", title);
        schema.WriteString("description", description);
        root.Describe(schema);
        schema.WriteStartObject("$defs");
        foreach (var type in All(root).Where(type => type.Definition is not null).DistinctBy(type => type.Definition, StringComparer.Ordinal))
        {
            schema.WriteStartObject(type.Definition!);
            type.Describe(schema);
            schema.WriteEndObject();
        }

        schema.WriteEndObject();
        schema.WriteEndObject();
    });

    private static IEnumerable<DocumentType> All(DocumentType type) => type.Parts.SelectMany(All).Prepend(type);
}
