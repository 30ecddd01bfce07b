using System.Buffers;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Handles;

namespace MacSegmentation.Provision;

/// <summary>
/// Reads what a device asks for. Token by token, and not by a serializer, so that each way to be wrong has its own sentence and a known handle's request
/// costs nothing but its texts.
/// </summary>
internal ref struct AddressRequestReader
{
    private const string Known = "Known are handle, vlanId, requestedAddress, allowSubstitute, instanceId and intent.";

    private Utf8JsonReader json;

    private AddressRequestReader(ReadOnlySequence<byte> body) => json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 4 });

    private enum Member
    {
        Handle,
        VlanId,
        RequestedAddress,
        AllowSubstitute,
        InstanceId,
        Intent,
    }

    /// <summary>Reads the body of a request.</summary>
    /// <param name="body">The JSON text.</param>
    /// <exception cref="ServiceError">BodyInvalid.</exception>
    /// <exception cref="Errors.MacSegmentationException">InvalidHandle, InvalidVlanId.</exception>
    public static HandleRequest Read(ReadOnlySequence<byte> body)
    {
        try
        {
            return new AddressRequestReader(body).Read();
        }
        catch (JsonException error)
        {
            throw Invalid($"The body is not well-formed JSON at line {error.LineNumber + 1}, octet {error.BytePositionInLine + 1}. Send one object, such as {{\"handle\":\"urn:wwn:50:06:01:60:3b:a0:11:22\",\"vlanId\":10}}.");
        }
        catch (InvalidOperationException)
        {
            // The reader's word for octets that are no UTF-8, and for half a surrogate pair.
            throw Invalid("The body has a text that is no UTF-8 or half a surrogate pair. Send JSON in UTF-8 (RFC 8259 section 8.1).");
        }
    }

    private HandleRequest Read()
    {
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            throw Invalid("The body is no JSON object. Send one, such as {\"handle\":\"urn:wwn:50:06:01:60:3b:a0:11:22\",\"vlanId\":10}.");
        }

        string? handle = null;
        int? vlanId = null;
        var request = new HandleRequest { Handle = default, VlanId = 0 };
        int seen = 0;
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var member = ReadMember();
            if ((seen & (1 << (int)member)) != 0)
            {
                throw Invalid($"The body has \"{json.GetString()}\" twice. Give it once.");
            }

            seen |= 1 << (int)member;
            json.Read();
            switch (member)
            {
                case Member.Handle:
                    handle = ReadText("handle");
                    break;
                case Member.VlanId:
                    vlanId = json.TokenType is JsonTokenType.Number && json.TryGetInt32(out int number) ? number : throw Wrong("vlanId", "a whole number from 1 to 4094");
                    break;
                case Member.RequestedAddress:
                    request = request with { RequestedAddress = ReadAddress() };
                    break;
                case Member.AllowSubstitute:
                    request = request with { AllowSubstitute = ReadTruth() };
                    break;
                case Member.InstanceId:
                    request = request with { InstanceId = IsNull ? string.Empty : ReadText("instanceId") };
                    break;
                case Member.Intent:
                    request = request with { Intent = ReadIntent() };
                    break;
            }
        }

        // Whatever follows the object is an error of the text, which reading on finds.
        json.Read();
        return request with
        {
            Handle = DeviceHandle.Parse(handle ?? throw Missing("handle")),
            VlanId = MacSegmentation.Addressing.VlanId.Validate(vlanId ?? throw Missing("vlanId")),
        };
    }

    private readonly bool IsNull => json.TokenType is JsonTokenType.Null;

    private readonly Member ReadMember() =>
        json.ValueTextEquals("handle"u8) ? Member.Handle
        : json.ValueTextEquals("vlanId"u8) ? Member.VlanId
        : json.ValueTextEquals("requestedAddress"u8) ? Member.RequestedAddress
        : json.ValueTextEquals("allowSubstitute"u8) ? Member.AllowSubstitute
        : json.ValueTextEquals("instanceId"u8) ? Member.InstanceId
        : json.ValueTextEquals("intent"u8) ? Member.Intent
        : throw Invalid($"\"{Shorten(json.GetString()!)}\" is no member of a request. {Known}");

    private readonly string ReadText(string member) => json.TokenType is JsonTokenType.String ? json.GetString()! : throw Wrong(member, "a text");

    private readonly MacAddress? ReadAddress()
    {
        if (IsNull)
        {
            return null;
        }

        return MacAddress.TryParse(ReadText("requestedAddress"), provider: null, out var address)
            ? address
            : throw new ServiceError(
                400,
                "InvalidRequestedAddress",
                $"'{Shorten(json.GetString()!)}' is not a MAC address. Ask for six octets in hexadecimal, such as 00:1a:2b:3c:4d:5e, 00-1A-2B-3C-4D-5E, 001a.2b3c.4d5e, 001a-2b3c-4d5e, 001a2b-3c4d5e or 001a2b3c4d5e, or leave the choice to the pool.");
    }

    private readonly bool ReadTruth() => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        _ => throw Wrong("allowSubstitute", "true or false"),
    };

    private readonly HandleIntent ReadIntent() =>
        IsNull ? HandleIntent.None
        : json.TokenType is not JsonTokenType.String ? throw Wrong("intent", "\"replace\" or \"copy\"")
        : json.ValueTextEquals("replace"u8) ? HandleIntent.Replace
        : json.ValueTextEquals("copy"u8) ? HandleIntent.Copy
        : throw Wrong("intent", "\"replace\" or \"copy\"");

    private static ServiceError Wrong(string member, string wanted) => Invalid($"\"{member}\" must be {wanted}.");

    private static ServiceError Missing(string member) => Invalid($"\"{member}\" is missing. A request names its handle and the VLAN.");

    private static ServiceError Invalid(string sentence) => new(400, "BodyInvalid", sentence);

    /// <summary>A text of a client's own, for a sentence: no longer than one wants to read.</summary>
    private static string Shorten(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "...");
}
