using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;

namespace MacSegmentation.Dhcpv6;

/// <summary>A DHCP unique identifier (RFC 9915 section 11): a type of two octets and 1 to 128 more, compared as they are.</summary>
public readonly record struct Duid : IParsable<Duid>
{
    private const string Scheme = "duid:";
    private const int Shortest = 3;
    private const int Longest = 130;
    private const int UuidType = 4;
    private const int LinkLayerType = 3;

    private readonly string? digits;

    private Duid(string digits) => this.digits = digits;

    /// <summary>Its octets in hexadecimal, without separators and in lower case.</summary>
    public string Digits => digits ?? string.Empty;

    /// <summary>The DUID of octets; null if they are none.</summary>
    /// <param name="octets">The octets, or null.</param>
    public static Duid? TryRead(ReadOnlyMemory<byte>? octets) =>
        octets is { Length: >= Shortest and <= Longest } value ? new Duid(Convert.ToHexStringLower(value.Span)) : null;

    /// <summary>The DUID of a UUID (type 4; RFC 6355).</summary>
    /// <param name="uuid">The UUID.</param>
    public static Duid Of(Guid uuid)
    {
        byte[] octets = new byte[18];
        BinaryPrimitives.WriteUInt16BigEndian(octets, UuidType);
        uuid.TryWriteBytes(octets.AsSpan(2), bigEndian: true, out _);
        return new Duid(Convert.ToHexStringLower(octets));
    }

    /// <summary>The DUID of an Ethernet address (type 3, RFC 9915 section 11.4).</summary>
    /// <param name="address">The address.</param>
    public static Duid Of(MacAddress address)
    {
        byte[] octets = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(octets, LinkLayerType);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), LinkLayerBlock.Ethernet);
        address.CopyTo(octets.AsSpan(4));
        return new Duid(Convert.ToHexStringLower(octets));
    }

    /// <summary>Reads a DUID.</summary>
    /// <param name="s">Its octets in hexadecimal, such as 00:03:00:01:02:00:5e:10:00:01, with colons, dashes or nothing between them, and with or without <c>duid:</c> before.</param>
    /// <exception cref="MacSegmentationException">InvalidDuid.</exception>
    public static Duid Parse(string s) => TryParse(s, provider: null, out var duid)
        ? duid
        : throw new MacSegmentationException(
            "InvalidDuid",
            MacErrorKind.InvalidArgument,
            $"'{new string([.. (s ?? string.Empty).Where(sign => !char.IsControl(sign)).Take(64)])}' is not a DUID. Give {Shortest} to {Longest} octets in hexadecimal, such as 00:03:00:01:02:00:5e:10:00:01.",
            s);

    /// <inheritdoc/>
    public static Duid Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var duid) ? duid : throw new FormatException($"'{s}' is not a DUID. Give {Shortest} to {Longest} octets in hexadecimal, such as 00:03:00:01:02:00:5e:10:00:01.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Duid result)
    {
        result = default;
        string text = s ?? string.Empty;
        text = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..] : text;
        text = text.Replace(":", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
        if (text.Length is < 2 * Shortest or > 2 * Longest || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        result = new Duid(text.ToLowerInvariant());
        return true;
    }

    /// <summary>The octets as they go on the wire.</summary>
    public byte[] ToArray() => Convert.FromHexString(Digits);

    /// <summary>The handle of one identity association: the DUID and, behind a slash, the IAID in eight digits.</summary>
    /// <param name="iaid">The IAID.</param>
    public DeviceHandle ToHandle(uint iaid) => DeviceHandle.Parse(string.Create(CultureInfo.InvariantCulture, $"{Scheme}{Digits}/{iaid:x8}"));

    /// <summary>The octets in hexadecimal, without separators.</summary>
    public override string ToString() => Digits;
}
