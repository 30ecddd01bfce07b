using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MacSegmentation.Stores.Backups;

/// <summary>What a backup says of itself, in its part <c>manifest.json</c>.</summary>
/// <param name="FormatVersion">Version of the backup's form.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Source">Where the store is, without user and password.</param>
/// <param name="Provider">The kind of the store.</param>
/// <param name="SchemaVersion">Version of its schema.</param>
/// <param name="StoreId">Its identity.</param>
/// <param name="Revision">The revision that the backup holds.</param>
/// <param name="Token">The revision's token.</param>
/// <param name="Digest">Digest of all rows, the same for every kind of store.</param>
/// <param name="Tables">Number of rows of each table.</param>
/// <param name="Parts">The other parts of the file.</param>
internal sealed record BackupManifest(
    int FormatVersion,
    DateTimeOffset CreatedAt,
    string Source,
    string Provider,
    int SchemaVersion,
    string StoreId,
    long Revision,
    string Token,
    string Digest,
    IReadOnlyDictionary<string, long> Tables,
    IReadOnlyList<BackupPart> Parts)
{
    /// <summary>The version that this program writes, and the newest that it reads.</summary>
    public const int PresentFormat = 1;

    private const string Format = "MacSegmentation backup";

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The manifest as UTF-8.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("formatVersion", FormatVersion);
            json.WriteString("createdAt", CreatedAt);
            json.WriteString("source", Source);
            json.WriteString("provider", Provider);
            json.WriteNumber("schemaVersion", SchemaVersion);
            json.WriteString("storeId", StoreId);
            json.WriteNumber("revision", Revision);
            json.WriteString("token", Token);
            json.WriteString("digest", Digest);
            json.WriteStartObject("tables");
            foreach (var (table, rows) in Tables)
            {
                json.WriteNumber(table, rows);
            }

            json.WriteEndObject();
            json.WriteStartArray("parts");
            foreach (var part in Parts)
            {
                json.WriteStartObject();
                json.WriteString("name", part.Name);
                json.WriteNumber("length", part.Length);
                json.WriteString("sha256", part.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the version of the form, which every version has in the same place; null if the text is no manifest.</summary>
    public static int? ReadFormat(JsonElement manifest) =>
        manifest.ValueKind is JsonValueKind.Object && manifest.TryGetProperty("format", out var format) && format.ValueKind is JsonValueKind.String
        && format.ValueEquals(Format) && manifest.TryGetProperty("formatVersion", out var version) && version.ValueKind is JsonValueKind.Number
        && version.TryGetInt32(out int number) ? number : null;

    /// <summary>Reads a manifest of the present form.</summary>
    /// <exception cref="Exception">KeyNotFoundException, InvalidOperationException, FormatException: it is not as this program writes it.</exception>
    public static BackupManifest Read(JsonElement manifest) => new(
        manifest.GetProperty("formatVersion").GetInt32(),
        manifest.GetProperty("createdAt").GetDateTimeOffset(),
        Text(manifest, "source"),
        Text(manifest, "provider"),
        manifest.GetProperty("schemaVersion").GetInt32(),
        Text(manifest, "storeId"),
        manifest.GetProperty("revision").GetInt64(),
        Text(manifest, "token"),
        Text(manifest, "digest"),
        manifest.GetProperty("tables").EnumerateObject().ToDictionary(table => table.Name, table => table.Value.GetInt64(), StringComparer.Ordinal),
        [.. manifest.GetProperty("parts").EnumerateArray().Select(part => new BackupPart(Text(part, "name"), part.GetProperty("length").GetInt64(), Text(part, "sha256")))]);

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");
}
