using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MacSegmentation.Output;

/// <summary>Output for machines: one JSON value a line.</summary>
internal static class OutputFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The name of the option that asks for it.</summary>
    public const string Name = "--json";

    /// <summary>The option that asks for it.</summary>
    public static Option<bool> Option() => new(Name) { Description = "Write JSON, for machines; errors too." };

    /// <summary>Writes one value as one line.</summary>
    public static void WriteJson(TextWriter output, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
