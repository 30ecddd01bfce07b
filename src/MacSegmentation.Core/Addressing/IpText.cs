using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using MacSegmentation.Errors;

namespace MacSegmentation.Addressing;

/// <summary>
/// Reads IP addresses that are written in full. <see cref="IPAddress.Parse(string)"/> also takes 10.1 for 10.0.0.1 and 010.0.0.1 for 8.0.0.1
/// (the old forms of inet_aton); where addresses decide over frames, such a text is a slip of the pen.
/// </summary>
public static class IpText
{
    /// <summary>
    /// Reads an IPv4 address of four decimal octets without leading zeros, or an IPv6 address without scope that is not an IPv4-mapped one:
    /// each address has one number (<see cref="IpNumber"/>) and one family.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return text is not null
            && (text.Contains(':') ? HasDigitsOnly(text) : IsDottedQuad(text))
            && IPAddress.TryParse(text, out address)
            && !address.IsIPv4MappedToIPv6;
    }

    /// <summary>Reads an address as <see cref="TryParse"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="MacSegmentationException">InvalidIPAddress.</exception>
    public static IPAddress Parse(string? text) => TryParse(text, out var address)
        ? address
        : throw new MacSegmentationException(
            "InvalidIPAddress", MacErrorKind.InvalidArgument, $"'{text}' is not an IP address. Give one such as 10.0.0.100 or fd00::100.", text);

    /// <summary>Reads an address with the length of a prefix behind a slash, such as 10.0.0.0/24.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address; bits below the prefix may be set.</param>
    /// <param name="prefixLength">0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    internal static bool TryParsePrefix(string? text, [NotNullWhen(true)] out IPAddress? address, out int prefixLength)
    {
        address = null;
        prefixLength = 0;
        return text?.Split('/') is [var front, var back]
            && TryParse(front, out address)
            && back.Length <= 3
            && int.TryParse(back, NumberStyles.None, CultureInfo.InvariantCulture, out prefixLength)
            && prefixLength <= Bits(address);
    }

    /// <summary>Number of an address's bits: 32 or 128.</summary>
    internal static int Bits(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128;

    // Neither a scope (fe80::1%eth0) nor the brackets and the port of a URL, which IPAddress would take.
    private static bool HasDigitsOnly(string text) => text.All(character => char.IsAsciiHexDigit(character) || character is ':' or '.');

    private static bool IsDottedQuad(string text)
    {
        string[] octets = text.Split('.');
        return octets.Length == 4 && octets.All(octet =>
            octet.Length is > 0 and <= 3 && octet.All(char.IsAsciiDigit) && (octet.Length == 1 || octet[0] != '0'));
    }
}
