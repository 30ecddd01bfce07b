using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using Microsoft.AspNetCore.Mvc;

namespace MacSegmentation.Provision;

/// <summary>What the service answers, as JSON in UTF-8. Written member by member: it is on the way of each request.</summary>
internal static class ServiceJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>The answer to a device.</summary>
    public static byte[] Write(MacAssignment assignment) => Write(assignment, static (json, value) =>
    {
        json.WriteStartObject();
        json.WriteString("handle"u8, value.Handle);
        json.WriteNumber("vlanId"u8, value.VlanId);
        WriteAddress(json, value.MacAddress);
        json.WriteString("outcome"u8, NameOf(value.Outcome));
        json.WriteString("instanceId"u8, value.InstanceId);
        json.WriteString("provider"u8, value.Provider);
        json.WriteString("assignedAt"u8, value.AssignedAt);
        json.WriteString("notice"u8, value.Notice);
        json.WriteEndObject();
    });

    /// <summary>A handle's record.</summary>
    public static byte[] Write(MacHandle record) => Write(record, static (json, value) =>
    {
        json.WriteStartObject();
        json.WriteString("handle"u8, value.Handle);
        json.WriteNumber("vlanId"u8, value.VlanId);
        WriteAddress(json, value.MacAddress);
        json.WriteString("state"u8, NameOf(value.State));
        json.WriteString("instanceId"u8, value.InstanceId);
        json.WriteBoolean("isCopy"u8, value.IsCopy);
        json.WriteString("provider"u8, value.Provider);
        json.WriteString("assignedAt"u8, value.AssignedAt);
        if (value.EndedAt is { } endedAt)
        {
            json.WriteString("endedAt"u8, endedAt);
        }
        else
        {
            json.WriteNull("endedAt"u8);
        }

        json.WriteString("reason"u8, value.Reason);
        json.WriteString("notice"u8, value.Notice);
        json.WriteEndObject();
    });

    /// <summary>How full pools are.</summary>
    public static byte[] Write(IEnumerable<MacPool> pools) => Write(pools, static (json, values) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("pools"u8);
        foreach (var pool in values)
        {
            json.WriteStartObject();
            json.WriteNumber("vlanId"u8, pool.VlanId);
            json.WriteString("name"u8, pool.Name);
            json.WriteNumber("size"u8, pool.Size);
            json.WriteNumber("used"u8, pool.Used);
            json.WriteNumber("free"u8, pool.Free);
            json.WriteNumber("resting"u8, pool.Resting);
            json.WriteNumber("delegated"u8, pool.Delegated);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

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

    private static void WriteAddress(Utf8JsonWriter json, MacAddress address)
    {
        Span<char> text = stackalloc char[17];
        address.TryFormat(text, out int length, format: default, provider: null);
        json.WriteString("macAddress"u8, text[..length]);
    }

    private static ReadOnlySpan<byte> NameOf(AssignmentOutcome outcome) => outcome switch
    {
        AssignmentOutcome.Existing => "existing"u8,
        AssignmentOutcome.New => "new"u8,
        AssignmentOutcome.Restored => "restored"u8,
        AssignmentOutcome.Renewed => "renewed"u8,
        AssignmentOutcome.Replaced => "replaced"u8,
        AssignmentOutcome.Copied => "copied"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome without a name."),
    };

    private static ReadOnlySpan<byte> NameOf(HandleState state) => state switch
    {
        HandleState.Held => "held"u8,
        HandleState.Released => "released"u8,
        HandleState.Recovered => "recovered"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a name."),
    };
}
