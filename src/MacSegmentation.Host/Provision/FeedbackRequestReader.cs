using System.Buffers;
using System.Text.Json;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Units;

namespace MacSegmentation.Provision;

/// <summary>Reads what an application says of its network.</summary>
internal static class FeedbackRequestReader
{
    private const string Example = "{\"profile\":\"lte\",\"reason\":\"mean opinion score 2.8\",\"revertAfter\":\"5m\"}";
    private const string Known = "Known are profile, reason and revertAfter.";

    /// <summary>Reads the body of a request.</summary>
    /// <param name="body">The JSON text.</param>
    /// <exception cref="ServiceError">BodyInvalid.</exception>
    public static FeedbackRequest Read(ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw Invalid($"The body is not well-formed JSON at line {error.LineNumber + 1}, octet {error.BytePositionInLine + 1}. Send one object, such as {Example}.");
        }
        catch (InvalidOperationException)
        {
            // The reader's word for octets that are no UTF-8, and for half a surrogate pair.
            throw Invalid("The body has a text that is no UTF-8 or half a surrogate pair. Send JSON in UTF-8 (RFC 8259 section 8.1).");
        }
    }

    private static FeedbackRequest Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            throw Invalid($"The body is no JSON object. Send one, such as {Example}.");
        }

        string? profile = null;
        string? reason = null;
        TimeSpan? revertAfter = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                throw Invalid($"The body has \"{member.Name}\" twice. Give it once.");
            }

            switch (member.Name)
            {
                case "profile":
                    profile = ReadText(member);
                    break;
                case "reason":
                    reason = ReadText(member);
                    break;
                case "revertAfter":
                    revertAfter = ReadTime(member.Value);
                    break;
                default:
                    throw Invalid($"\"{(member.Name.Length <= 64 ? member.Name : string.Concat(member.Name.AsSpan(0, 64), "..."))}\" is no member of feedback. {Known}");
            }
        }

        return new FeedbackRequest
        {
            Profile = profile ?? throw Missing("profile"),
            Reason = reason ?? throw Missing("reason"),
            RevertAfter = revertAfter,
        };
    }

    private static string ReadText(JsonProperty member) => member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()! : throw Invalid($"\"{member.Name}\" must be a text.");

    private static TimeSpan? ReadTime(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null ? null
        : value.ValueKind is JsonValueKind.String && Duration.TryParse(value.GetString(), provider: null, out var time) ? time.Value
        : value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out double seconds) && seconds is >= 0 and <= 86_400 ? TimeSpan.FromSeconds(seconds)
        : throw Invalid("\"revertAfter\" must be a time from 1s to 1d: a text such as \"5m\", or a number of seconds.");

    private static ServiceError Missing(string member) => Invalid($"\"{member}\" is missing. Feedback names the profile that is asked for, and the reason.");

    private static ServiceError Invalid(string sentence) => new(400, "BodyInvalid", sentence);
}
