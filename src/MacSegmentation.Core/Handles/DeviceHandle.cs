using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

/// <summary>
/// The world-wide unique name that a device shows to get its address: a URI, a WWN, an EUI-64, an iSCSI name or any other hierarchical name, of
/// 1 to 512 characters.
/// </summary>
/// <remarks>
/// Two texts that mean the same name are one handle: scheme and host of a URI (RFC 3986 section 6.2.2.1), the namespace of a URN (RFC 8141
/// section 3.1), the hexadecimal digits and separators of a WWN or EUI-64, and iSCSI names (RFC 7143 section 4.2.7.1) are kept in lower case.
/// A UUID, bare or in braces, is its URN (RFC 9562 section 4). A DHCPv6 unique identifier is <c>duid:</c> with its octets in hexadecimal, and behind a slash the IAID. Everything else stays as it is and is compared ordinally.
/// </remarks>
public readonly record struct DeviceHandle : IParsable<DeviceHandle>
{
    /// <summary>The longest handle, in characters.</summary>
    public const int Longest = 512;

    private readonly string? text;

    private DeviceHandle(string text) => this.text = text;

    /// <summary>The handle as it is stored and compared.</summary>
    public string Text => text ?? string.Empty;

    /// <summary>Reads a handle.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="MacSegmentationException">InvalidHandle.</exception>
    public static DeviceHandle Parse(string s) => TryParse(s, provider: null, out var handle)
        ? handle
        : throw new MacSegmentationException(
            "InvalidHandle",
            MacErrorKind.InvalidArgument,
            $"{Describe(s)} A handle is a URI, WWN, EUI-64 or other hierarchical name of 1 to {Longest} characters, without control characters and without blanks around it.",
            s);

    /// <inheritdoc/>
    public static DeviceHandle Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var handle) ? handle : throw new FormatException($"{Describe(s)} Give a name of 1 to {Longest} characters, such as urn:wwn:50:06:01:60:3b:a0:11:22.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DeviceHandle result)
    {
        bool isHandle = s is { Length: > 0 and <= Longest } && s.Trim().Length == s.Length && !HasUnwritable(s);
        result = isHandle ? new DeviceHandle(HandleText.Normalize(s!)) : default;
        return isHandle;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool HasUnwritable(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            // Half of a surrogate pair has no form in UTF-8: no two stores would keep it alike.
            if (char.IsControl(text[i]) || (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i++)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Describe(string? text) => text switch
    {
        null or "" => "An empty text is not a handle.",
        { Length: > Longest } => $"A text of {text.Length} characters is not a handle.",
        _ => $"'{new string([.. text.Where(sign => !char.IsControl(sign))])}' is not a handle.",
    };
}
