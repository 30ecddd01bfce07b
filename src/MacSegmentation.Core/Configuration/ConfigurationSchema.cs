using System.Text;

namespace MacSegmentation.Configuration;

/// <summary>The JSON schema of the document, for editors and for pipelines that check documents before they are applied.</summary>
public static class ConfigurationSchema
{
    /// <summary>The schema (JSON Schema 2020-12), as published in docs/macsegmentation.schema.json.</summary>
    public static string ReadJson()
    {
        using var stream = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream("macsegmentation.schema.json")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
