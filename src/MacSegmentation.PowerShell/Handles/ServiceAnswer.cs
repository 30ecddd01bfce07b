using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

/// <summary>Reads what a provider service answers: addresses, and problem details (RFC 9457) where there is none.</summary>
internal static class ServiceAnswer
{
    private const int LongestText = 2000;

    /// <summary>Reads an answer.</summary>
    /// <param name="service">Who answered.</param>
    /// <param name="text">What.</param>
    /// <param name="read">What is in it.</param>
    /// <exception cref="MacSegmentationException">ServiceAnswerInvalid.</exception>
    public static T Read<T>(Uri service, string text, Func<JsonObject, T> read)
    {
        try
        {
            // No content is as good as an object that says nothing.
            return read(text.Length == 0 ? [] : JsonNode.Parse(text)?.AsObject() ?? []);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new MacSegmentationException(
                "ServiceAnswerInvalid",
                MacErrorKind.InvalidData,
                $"{service} answered something else than a provider service does. See that -Uri names one.",
                service,
                error);
        }
    }

    /// <summary>The address that a device was given.</summary>
    public static MacAssignment ToAssignment(JsonObject answer, HandleRequest request) => new()
    {
        Handle = Text(answer, "handle") ?? request.Handle.Text,
        VlanId = Number(answer, "vlanId") ?? request.VlanId,
        MacAddress = Address(answer) ?? throw new FormatException("There is no address in it."),
        Outcome = Enum.TryParse<AssignmentOutcome>(Text(answer, "outcome"), ignoreCase: true, out var outcome) ? outcome : AssignmentOutcome.Existing,
        InstanceId = Text(answer, "instanceId") ?? request.InstanceId,
        Provider = Text(answer, "provider") ?? string.Empty,
        AssignedAt = Time(answer, "assignedAt") ?? default,
        Notice = Text(answer, "notice") ?? string.Empty,
    };

    /// <summary>The handle that gave its address up; a service that says no more than that it did so says nothing of the address.</summary>
    public static MacHandle ToReleased(JsonObject answer, DeviceHandle handle, string instanceId) => new()
    {
        HandleId = 0,
        Handle = Text(answer, "handle") ?? handle.Text,
        VlanId = Number(answer, "vlanId") ?? 0,
        MacAddress = Address(answer) ?? default,
        State = HandleState.Released,
        InstanceId = Text(answer, "instanceId") ?? instanceId,
        Provider = Text(answer, "provider") ?? string.Empty,
        AssignedAt = Time(answer, "assignedAt") ?? default,
        EndedAt = Time(answer, "endedAt"),
    };

    /// <summary>Why a service gave no answer now; what trying again would not change is thrown.</summary>
    /// <exception cref="MacSegmentationException">What the service says, or ServiceRefused.</exception>
    public static ServiceFailure ToFailure(Uri service, HttpResponseMessage answer, string text, DeviceHandle handle, TimeProvider clock)
    {
        var error = ToError(service, answer.StatusCode, text, handle);
        if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
        {
            throw error;
        }

        var asked = answer.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date - clock.GetUtcNow()) ?? TimeSpan.Zero;
        return new ServiceFailure(service, error, wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    private static MacSegmentationException ToError(Uri service, HttpStatusCode status, string text, DeviceHandle handle)
    {
        JsonObject problem;
        try
        {
            problem = JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            problem = [];
        }

        string? id = Text(problem, "errorId");
        string sentence = Text(problem, "detail") ?? Text(problem, "title") ?? string.Empty;
        return id is { Length: > 0 } && id.All(char.IsAsciiLetterOrDigit) && sentence.Length > 0
            ? new MacSegmentationException(id, ToKind(status, id), sentence, handle.Text)
            : new MacSegmentationException(
                "ServiceRefused",
                ToKind(status, string.Empty),
                $"{service} refused the handle '{handle}' with status {(int)status}{(sentence.Length > 0 ? $": {sentence.TrimEnd('.')}" : string.Empty)}. See that -Uri names a provider service.",
                handle.Text);
    }

    /// <summary>Of the kinds that are one status, the most are uses; the others are told by their ids, so that an error is the same from the store and over the network.</summary>
    private static MacErrorKind ToKind(HttpStatusCode status, string id) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => MacErrorKind.PermissionDenied,
        HttpStatusCode.NotFound => MacErrorKind.NotFound,
        HttpStatusCode.Conflict => id switch
        {
            "AddressTaken" => MacErrorKind.AlreadyExists,
            "PoolExhausted" => MacErrorKind.Exhausted,
            "HandleNotHeld" or "HandleInOtherVlan" => MacErrorKind.InvalidOperation,
            _ => MacErrorKind.InUse,
        },
        HttpStatusCode.InsufficientStorage => MacErrorKind.Exhausted,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests => MacErrorKind.InvalidArgument,
        _ => MacErrorKind.Unavailable,
    };

    /// <summary>A text that may be shown: what comes over a network could move the cursor of whoever reads it.</summary>
    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text)
        ? new string([.. text.Where(sign => !char.IsControl(sign)).Take(LongestText)])
        : null;

    private static int? Number(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static MacAddress? Address(JsonObject json) => Text(json, "macAddress") is { } text ? MacAddress.Parse(text, provider: null) : null;

    private static DateTimeOffset? Time(JsonObject json, string name) => Text(json, name) is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;
}
