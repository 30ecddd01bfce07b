using MacSegmentation.Documents;

namespace MacSegmentation.Configuration;

/// <summary>The JSON schema of the document, for editors and for pipelines that check documents before they are applied.</summary>
public static class ConfigurationSchema
{
    /// <summary>The schema (JSON Schema 2020-12), as published in docs/macsegmentation.schema.json.</summary>
    public static string ToJson() => DocumentSchema.Write(
        MacConfiguration.Document,
        "MacSegmentation configuration",
        "Every VLAN with its ranges, allocations, policies and interface records, and every security group. What the document does not name does not exist in a store that equals it. Comments and trailing commas are allowed.");
}
