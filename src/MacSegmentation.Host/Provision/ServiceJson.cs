using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MacSegmentation.Handles;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Partitions;
using MacSegmentation.Pools;
using Microsoft.AspNetCore.Mvc;

namespace MacSegmentation.Provision;

/// <summary>What the service answers, as JSON in UTF-8.</summary>
internal static class ServiceJson
{
    /// <summary>How all of it is written.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>The answer to a device.</summary>
    public static byte[] Write(MacAssignment assignment) => Write(assignment, static (json, value) => MacAssignment.Report.Write(json, value));

    /// <summary>A handle's record.</summary>
    public static byte[] Write(MacHandle record) => Write(record, static (json, value) => MacHandle.Report.Write(json, value));

    /// <summary>How full pools are.</summary>
    public static byte[] Write(IEnumerable<MacPool> pools) => Write(pools, static (json, values) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("pools"u8);
        foreach (var pool in values)
        {
            MacPool.Report.Write(json, pool);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>What holds for tags.</summary>
    public static byte[] Write(IEnumerable<MacResolvedPolicy> policies) => Write(policies, static (json, values) => EnforcementJson.Write(json, values));

    /// <summary>What became of an application's feedback.</summary>
    public static byte[] Write(FeedbackAnswer answer) => Write(answer, static (json, value) => FeedbackAnswer.Report.Write(json, value));

    /// <summary>What is wrong (RFC 9457 section 3.1).</summary>
    public static byte[] Write(ProblemDetails problem) => Write(problem, static (json, value) =>
    {
        json.WriteStartObject();
        json.WriteString("type"u8, value.Type);
        json.WriteString("title"u8, value.Title);
        json.WriteNumber("status"u8, value.Status ?? 500);
        json.WriteString("detail"u8, value.Detail);
        foreach (var (name, extension) in value.Extensions)
        {
            json.WriteString(name, $"{extension}");
        }

        json.WriteEndObject();
    });

    private static byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var room = buffer ??= new ArrayBufferWriter<byte>(1024);
        room.ResetWrittenCount();
        var json = writer ??= new Utf8JsonWriter(room, Options);
        json.Reset(room);
        write(json, value);
        json.Flush();
        return room.WrittenSpan.ToArray();
    }
}
