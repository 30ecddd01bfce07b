using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Addressing;

/// <summary>A run of consecutive MAC addresses, both ends included.</summary>
public readonly record struct MacRange : ISpanParsable<MacRange>
{
    /// <summary>Creates the range.</summary>
    /// <param name="first">Lowest address.</param>
    /// <param name="last">Highest address; the same as <paramref name="first"/> for a range of one.</param>
    /// <exception cref="ArgumentException">The range is reversed.</exception>
    public MacRange(MacAddress first, MacAddress last)
    {
        if (first > last)
        {
            throw new ArgumentException($"The range {first}-{last} is reversed: its first address must not be above its last. Swap them.", nameof(last));
        }

        First = first;
        Last = last;
    }

    /// <summary>Lowest address.</summary>
    public MacAddress First { get; }

    /// <summary>Highest address.</summary>
    public MacAddress Last { get; }

    /// <summary>Number of addresses, 1 to 2^48.</summary>
    public long Count => (long)(Last.Value - First.Value) + 1;

    /// <summary>True if the address lies in the range.</summary>
    /// <param name="address">The address.</param>
    public bool Contains(MacAddress address) => address >= First && address <= Last;

    /// <summary>True if the two ranges share an address.</summary>
    /// <param name="other">The other range.</param>
    public bool Overlaps(MacRange other) => First <= other.Last && other.First <= Last;

    /// <summary>Parses first-last, address/length or a single address, in any of the address's forms.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">The text is none of these forms, or the range is reversed.</exception>
    public static MacRange Parse(string s) => Parse(s, provider: null);

    /// <inheritdoc cref="Parse(string)"/>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    public static MacRange Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static MacRange Parse(ReadOnlySpan<char> s, IFormatProvider? provider)
    {
        if (TrySplit(s, out var first, out var last))
        {
            return first <= last
                ? new MacRange(first, last)
                : throw new FormatException($"The range {first}-{last} is reversed: its first address must not be above its last. Swap them.");
        }

        if (!s.Contains('/') || !MacPattern.TryRead(s, out var address, out var prefix) || !prefix.IsPrefix)
        {
            throw new FormatException(
                $"'{s}' is not a range of MAC addresses. Give first-last, such as 00:1a:2b:3c:40:00-00:1a:2b:3c:4f:ff, or a prefix, such as 02-00-5e-10-00-00/32.");
        }

        // Whoever sets bits below the prefix has another pool in mind than the one that the prefix gives.
        return address.Value != prefix.Value
            ? throw new FormatException($"'{s}' has bits set below its prefix length. Give {new MacAddress(prefix.Value)}/{prefix.PrefixLength}, or first-last.")
            : prefix.ToRange();
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MacRange result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out MacRange result)
    {
        result = default;
        if (TrySplit(s, out var first, out var last))
        {
            if (first > last)
            {
                return false;
            }

            result = new MacRange(first, last);
            return true;
        }

        if (s.Contains('/') && MacPattern.TryParse(s, provider, out var pattern) && pattern.IsPrefix)
        {
            result = pattern.ToRange();
            return true;
        }

        return false;
    }

    /// <summary>first-last, in lower case with colons.</summary>
    public override string ToString() => $"{First}-{Last}";

    private static bool TrySplit(ReadOnlySpan<char> s, out MacAddress first, out MacAddress last)
    {
        last = default;
        if (MacAddress.TryParse(s, provider: null, out first))
        {
            last = first;
            return true;
        }

        // The dash that parts the ends may also part octets: it is the one with an address on either side.
        for (int i = 1; i < s.Length - 1; i++)
        {
            if (s[i] == '-' && MacAddress.TryParse(s[..i], provider: null, out first) && MacAddress.TryParse(s[(i + 1)..], provider: null, out last))
            {
                return true;
            }
        }

        return false;
    }
}
