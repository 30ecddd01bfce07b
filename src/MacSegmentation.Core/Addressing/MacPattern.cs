using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace MacSegmentation.Addressing;

/// <summary>
/// What an address is matched against: any (<c>*</c>), one address, an address with a prefix length (<c>00:1a:2b:00:00:00/24</c>), all group or all individual addresses
/// (<c>Multicast</c>, <c>Unicast</c>: IEEE 802-2014 section 8.2, the I/G bit), or a value with a mask (<c>02:00:00:00:00:07/ff:00:00:00:00:ff</c>).
/// Bits that do not count are cleared, so two patterns that match the same addresses are equal.
/// </summary>
public readonly record struct MacPattern : ISpanParsable<MacPattern>
{
    private const int AddressBits = 48;
    private const ulong AllBits = (1UL << AddressBits) - 1;

    /// <summary>The I/G bit, the first on the wire: set in the addresses of groups.</summary>
    private const ulong GroupBit = 1UL << 40;

    /// <summary>Creates the pattern.</summary>
    /// <param name="address">The address; bits below the prefix are cleared.</param>
    /// <param name="prefixLength">Number of leading bits that must be equal, 0 (any address) to 48 (one address).</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix length is not 0 to 48.</exception>
    public MacPattern(MacAddress address, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, AddressBits);
        Mask = MaskOf(prefixLength);
        Value = address.Value & Mask;
    }

    /// <summary>Creates the pattern of any bits.</summary>
    /// <param name="address">The address; bits that do not count are cleared.</param>
    /// <param name="mask">The bits that must be equal.</param>
    public MacPattern(MacAddress address, MacAddress mask)
    {
        Mask = mask.Value;
        Value = address.Value & Mask;
    }

    /// <summary>Matches every address.</summary>
    public static MacPattern Any => default;

    /// <summary>Matches the addresses of groups, that of all stations (broadcast) among them.</summary>
    public static MacPattern Multicast => new(new MacAddress(GroupBit), new MacAddress(GroupBit));

    /// <summary>Matches the addresses of single stations.</summary>
    public static MacPattern Unicast => new(default, new MacAddress(GroupBit));

    /// <summary>The bits that must be equal, the others zero.</summary>
    public ulong Value { get; }

    /// <summary>The bits that count, as a 48-bit mask.</summary>
    public ulong Mask { get; }

    /// <summary>Number of leading bits that must be equal, 0 to 48; −1 if the bits that count are not the leading ones.</summary>
    public int PrefixLength => IsPrefix ? BitOperations.PopCount(Mask) : -1;

    /// <summary>True if the bits that count are the leading ones.</summary>
    public bool IsPrefix => ((Mask ^ AllBits) & ((Mask ^ AllBits) + 1)) == 0;

    /// <summary>True for <c>*</c>.</summary>
    public bool IsAny => Mask == 0;

    /// <summary>True if it matches addresses of groups only, which no frame comes from.</summary>
    public bool IsGroup => (Value & GroupBit) != 0;

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
    public bool Covers(MacPattern other) => (Mask & other.Mask) == Mask && (other.Value & Mask) == Value;

    /// <summary>The addresses that match, as a range.</summary>
    /// <exception cref="InvalidOperationException">The bits that count are not the leading ones: the addresses are no range.</exception>
    public MacRange ToRange() => IsPrefix
        ? new(new MacAddress(Value), new MacAddress(Value | (AllBits & ~Mask)))
        : throw new InvalidOperationException($"The addresses that match {this} are no range.");

    /// <summary>Parses <c>*</c>, <c>Multicast</c>, <c>Broadcast</c>, <c>Unicast</c>, an address, address/length, or address/mask.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">The text is none of these forms, or sets bits that do not count.</exception>
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
    public static MacPattern Parse(ReadOnlySpan<char> s, IFormatProvider? provider)
    {
        if (!TryRead(s, out var address, out var pattern))
        {
            throw new FormatException(
                $"'{s}' does not match MAC addresses. Give *, Multicast, Broadcast, Unicast, an address such as 00:1a:2b:3c:4d:5e, a prefix such as 00:1a:2b:00:00:00/24 (length 0 to 48), "
                + "or a value and its mask such as 01:00:5e:00:00:00/ff:ff:ff:80:00:00.");
        }

        // Nobody can say which of the two is meant.
        return address.Value == pattern.Value
            ? pattern
            : throw new FormatException(
                $"'{s}' sets bits that its {(pattern.IsPrefix ? "prefix" : "mask")} leaves out. Give {pattern} for all addresses that agree with it there, or {address} for that one address.");
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MacPattern result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out MacPattern result)
    {
        if (TryRead(s, out var address, out result) && address.Value == result.Value)
        {
            return true;
        }

        result = default;
        return false;
    }

    /// <summary><c>*</c>, <c>Multicast</c>, <c>Unicast</c>, the address, address/length or address/mask, in lower case with colons.</summary>
    public override string ToString() => PrefixLength switch
    {
        0 => "*",
        AddressBits => new MacAddress(Value).ToString(),
        > 0 => $"{new MacAddress(Value)}/{PrefixLength}",
        _ when this == Multicast => nameof(Multicast),
        _ when this == Unicast => nameof(Unicast),
        _ => $"{new MacAddress(Value)}/{new MacAddress(Mask)}",
    };

    /// <summary>Reads the forms of text.</summary>
    /// <param name="s">The text.</param>
    /// <param name="address">The address as it is written, bits that do not count included.</param>
    /// <param name="pattern">The pattern.</param>
    internal static bool TryRead(ReadOnlySpan<char> s, out MacAddress address, out MacPattern pattern)
    {
        s = s.Trim();
        if (TryReadName(s, out pattern))
        {
            address = new MacAddress(pattern.Value);
            return true;
        }

        int slash = s.IndexOf('/');
        if (!MacAddress.TryParse(slash < 0 ? s : s[..slash], provider: null, out address))
        {
            return false;
        }

        int length = AddressBits;
        if (slash < 0 || TryParseLength(s[(slash + 1)..], out length))
        {
            pattern = new MacPattern(address, length);
            return true;
        }

        bool isMask = MacAddress.TryParse(s[(slash + 1)..], provider: null, out var mask);
        pattern = isMask ? new MacPattern(address, mask) : default;
        return isMask;
    }

    private static bool TryReadName(ReadOnlySpan<char> s, out MacPattern pattern)
    {
        (pattern, bool isName) = s switch
        {
            "*" => (Any, true),
            _ when s.Equals(nameof(Multicast), StringComparison.OrdinalIgnoreCase) => (Multicast, true),
            _ when s.Equals(nameof(Unicast), StringComparison.OrdinalIgnoreCase) => (Unicast, true),
            _ when s.Equals(nameof(MacAddress.Broadcast), StringComparison.OrdinalIgnoreCase) => (Exactly(MacAddress.Broadcast), true),
            _ => (default, false),
        };
        return isName;
    }

    /// <summary>A number from 0 to 48, without leading zeros.</summary>
    private static bool TryParseLength(ReadOnlySpan<char> s, out int length) =>
        int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= AddressBits && (s.Length == 1 || s[0] != '0');
}
