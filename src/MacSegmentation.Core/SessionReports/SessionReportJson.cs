using System.Text.Json;
using System.Text.Json.Serialization;

namespace MacSegmentation.SessionReports;

/// <summary>Reports as JSON: members in camel case, choices by their names, what is null left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionReport))]
internal sealed partial class SessionReportJson : JsonSerializerContext
{
    /// <summary>A report as text.</summary>
    public static string Write(SessionReport report) => JsonSerializer.Serialize(report, Default.SessionReport).ReplaceLineEndings("\n") + "\n";

    /// <summary>A report from text; null for JSON's null.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static SessionReport? Read(string text) => JsonSerializer.Deserialize(text, Default.SessionReport);
}
