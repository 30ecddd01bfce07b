using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Addressing;

/// <summary>
/// What an address is matched against: any (<c>*</c>), one address, or an address with a prefix length (<c>00:1a:2b:00:00:00/24</c>).
/// Bits below the prefix are cleared, so two patterns that match the same addresses are equal.
/// </summary>
public readonly record struct MacPattern : ISpanParsable<MacPattern>
{
    private const int AddressBits = 48;

    /// <summary>Creates the pattern.</summary>
    /// <param name="address">The address; bits below the prefix are cleared.</param>
    /// <param name="prefixLength">Number of leading bits that must be equal, 0 (any address) to 48 (one address).</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix length is not 0 to 48.</exception>
    public MacPattern(MacAddress address, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, AddressBits);
        PrefixLength = prefixLength;
        Value = address.Value & MaskOf(prefixLength);
    }

    /// <summary>Matches every address.</summary>
    public static MacPattern Any => default;

    /// <summary>The leading bits that must be equal, the others zero.</summary>
    public ulong Value { get; }

    /// <summary>Number of leading bits that must be equal, 0 to 48.</summary>
    public int PrefixLength { get; }

    /// <summary>The bits that count, as a 48-bit mask.</summary>
    public ulong Mask => MaskOf(PrefixLength);

    /// <summary>True for <c>*</c>.</summary>
    public bool IsAny => PrefixLength == 0;

    /// <summary>Creates the pattern that matches one address.</summary>
    /// <param name="address">The address.</param>
    public static MacPattern Exactly(MacAddress address) => new(address, AddressBits);

    /// <summary>The mask of a prefix length.</summary>
    /// <param name="prefixLength">0 to 48.</param>
    public static ulong MaskOf(int prefixLength) => prefixLength == 0 ? 0 : (ulong.MaxValue << (64 - prefixLength)) >> 16;

    /// <summary>True if the address matches.</summary>
    /// <param name="address">The address.</param>
    public bool Matches(MacAddress address) => (address.Value & Mask) == Value;

    /// <summary>True if every address that the other pattern matches is matched by this one too.</summary>
    /// <param name="other">The other pattern.</param>
    public bool Covers(MacPattern other) => PrefixLength <= other.PrefixLength && (other.Value & Mask) == Value;

    /// <summary>The addresses that match, as a range.</summary>
    public MacRange ToRange() => new(new MacAddress(Value), new MacAddress(Value | (MaskOf(AddressBits) & ~Mask)));

    /// <summary>Parses <c>*</c>, an address, or address/length.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">The text is none of these forms.</exception>
    public static MacPattern Parse(string s) => Parse(s, provider: null);

    /// <inheritdoc cref="Parse(string)"/>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    public static MacPattern Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static MacPattern Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var pattern)
            ? pattern
            : throw new FormatException(
                $"'{s}' does not match MAC addresses. Give *, an address such as 00:1a:2b:3c:4d:5e, or a prefix such as 00:1a:2b:00:00:00/24 (length 0 to 48).");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MacPattern result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out MacPattern result)
    {
        result = default;
        s = s.Trim();
        if (s is "*")
        {
            return true;
        }

        int slash = s.IndexOf('/');
        int length = AddressBits;
        if (slash >= 0 && !TryParseLength(s[(slash + 1)..], out length))
        {
            return false;
        }

        if (!MacAddress.TryParse(slash < 0 ? s : s[..slash], provider, out var address))
        {
            return false;
        }

        result = new MacPattern(address, length);
        return true;
    }

    /// <summary><c>*</c>, the address, or address/length, in lower case with colons.</summary>
    public override string ToString() => PrefixLength switch
    {
        0 => "*",
        AddressBits => new MacAddress(Value).ToString(),
        _ => $"{new MacAddress(Value)}/{PrefixLength}",
    };

    /// <summary>A number from 0 to 48, without leading zeros.</summary>
    private static bool TryParseLength(ReadOnlySpan<char> s, out int length) =>
        int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= AddressBits && (s.Length == 1 || s[0] != '0');

    /// <summary>True if the text sets bits below its own prefix length.</summary>
    internal static bool HasStrayBits(ReadOnlySpan<char> s, MacPattern parsed)
    {
        int slash = s.IndexOf('/');
        return slash >= 0 && MacAddress.Parse(s[..slash], provider: null).Value != parsed.Value;
    }
}
