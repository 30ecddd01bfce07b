using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>How documents and their schemas are written: indented, with one line feed at the end, the same on every system.</summary>
internal static class DocumentJson
{
    // They are read by people and never embedded in a web page: names keep their letters.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is written, as text.</summary>
    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Writes a member, unless there is no value.</summary>
    public static void WriteGiven(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <inheritdoc cref="WriteGiven(Utf8JsonWriter, string, string?)"/>
    public static void WriteGiven(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is not null)
        {
            json.WriteNumber(name, value.Value);
        }
    }
}
