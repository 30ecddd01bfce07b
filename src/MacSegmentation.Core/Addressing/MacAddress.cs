using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Addressing;

/// <summary>A 48-bit MAC address (EUI-48, IEEE 802-2014 section 8.2), ordered and compared as a number.</summary>
public readonly struct MacAddress : IEquatable<MacAddress>, IComparable<MacAddress>, IComparable, ISpanParsable<MacAddress>, ISpanFormattable
{
    private const ulong Mask = 0xFFFF_FFFF_FFFF;
    private const ulong GroupBit = 0x0100_0000_0000;
    private const ulong LocalBit = 0x0200_0000_0000;
    private const ulong SlapZ = 0x0800_0000_0000;
    private const ulong SlapBits = 0x0C00_0000_0000;

    /// <summary>Creates the address from its number, first octet on the wire most significant.</summary>
    /// <param name="value">The number, 0 to 2^48 − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number has more than 48 bits.</exception>
    public MacAddress(ulong value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Mask);
        Value = value;
    }

    /// <summary>The broadcast address, ff:ff:ff:ff:ff:ff.</summary>
    public static MacAddress Broadcast => new(Mask);

    /// <summary>The number, first octet on the wire most significant.</summary>
    public ulong Value { get; }

    /// <summary>True for multicast and broadcast: the I/G bit of the first octet is set.</summary>
    public bool IsGroup => (Value & GroupBit) != 0;

    /// <summary>True if locally administered: the U/L bit of the first octet is set.</summary>
    public bool IsLocal => (Value & LocalBit) != 0;

    /// <summary>What the address is for by the structured local address plan (IEEE 802c-2017).</summary>
    public SlapQuadrant SlapQuadrant => !IsLocal ? SlapQuadrant.None : (Value & SlapBits) switch
    {
        0 => SlapQuadrant.AAI,
        SlapZ => SlapQuadrant.ELI,
        SlapBits => SlapQuadrant.SAI,
        _ => SlapQuadrant.Reserved,
    };

    /// <summary>True for ff:ff:ff:ff:ff:ff.</summary>
    public bool IsBroadcast => Value == Mask;

    /// <summary>Reads an address from its six octets in wire order.</summary>
    /// <param name="octets">Six octets.</param>
    /// <exception cref="ArgumentException">The span has not exactly six octets.</exception>
    public static MacAddress FromOctets(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != 6)
        {
            throw new ArgumentException("A MAC address has six octets.", nameof(octets));
        }

        ulong value = 0;
        foreach (byte octet in octets)
        {
            value = (value << 8) | octet;
        }

        return new MacAddress(value);
    }

    /// <summary>Writes the six octets in wire order.</summary>
    /// <param name="octets">Room for six octets.</param>
    public void CopyTo(Span<byte> octets)
    {
        for (int i = 0; i < 6; i++)
        {
            octets[i] = (byte)(Value >> (40 - (8 * i)));
        }
    }

    /// <summary>Parses 00:1a:2b:3c:4d:5e, 00-1a-2b-3c-4d-5e, 001a.2b3c.4d5e, 001a-2b3c-4d5e, 001a2b-3c4d5e or 001a2b3c4d5e, in any case.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">The text is none of these forms.</exception>
    public static MacAddress Parse(string s) => Parse(s, provider: null);

    /// <inheritdoc cref="Parse(string)"/>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: the forms are the same in every culture.</param>
    public static MacAddress Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static MacAddress Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var address)
            ? address
            : throw new FormatException(
                $"'{s}' is not a MAC address. Give six octets in hexadecimal, such as 00:1a:2b:3c:4d:5e, 00-1A-2B-3C-4D-5E, 001a.2b3c.4d5e, 001a-2b3c-4d5e, 001a2b-3c4d5e or 001a2b3c4d5e.");

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, IFormatProvider?, out MacAddress)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MacAddress result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <summary>Parses one of the forms that <see cref="Parse(string)"/> names; false if the text is none of them.</summary>
    /// <param name="s">The text; white space around it is ignored.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The address.</param>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out MacAddress result)
    {
        result = default;
        s = s.Trim();

        // The digits between separators follow from the length: 12 bare, 13 in halves, 14 by four, 17 by two. Each form has its separators.
        (int group, char separator, string separators) = s.Length switch
        {
            12 => (12, '\0', "\0"),
            13 => (6, s[6], "-"),
            14 => (4, s[4], ".-"),
            17 => (2, s[2], ":-"),
            _ => (0, '\0', string.Empty),
        };
        if (!separators.Contains(separator))
        {
            return false;
        }

        ulong value = 0;
        for (int i = 0; i < s.Length; i++)
        {
            if (i % (group + 1) == group)
            {
                if (s[i] != separator)
                {
                    return false;
                }
            }
            else if (char.IsAsciiHexDigit(s[i]))
            {
                value = (value << 4) | HexDigit(s[i]);
            }
            else
            {
                return false;
            }
        }

        result = new MacAddress(value);
        return true;
    }

    /// <summary>The address in lower case with colons, 00:1a:2b:3c:4d:5e.</summary>
    public override string ToString() => ToString(format: null, formatProvider: null);

    /// <summary>
    /// The address as text: "c" colons (default), "d" dashes, "s" dotted by four, "n" bare; a capital letter gives capital digits.
    /// </summary>
    /// <param name="format">One letter; null, empty or "G" is "c".</param>
    /// <exception cref="FormatException">Another format.</exception>
    public string ToString(string? format) => ToString(format, formatProvider: null);

    /// <inheritdoc cref="ToString(string?)"/>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        Span<char> buffer = stackalloc char[17];
        TryFormat(buffer, out int written, format, formatProvider);
        return new string(buffer[..written]);
    }

    /// <inheritdoc cref="ToString(string?)"/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        char letter = format.Length switch { 0 => 'c', 1 => format[0] == 'G' ? 'c' : format[0], _ => '?' };
        (int group, char separator) = char.ToLowerInvariant(letter) switch
        {
            'c' => (2, ':'),
            'd' => (2, '-'),
            's' => (4, '.'),
            'n' => (12, '\0'),
            _ => throw new FormatException($"'{format}' is not a format of a MAC address. Use c, d, s or n, or C, D, S or N for capital digits."),
        };
        string digits = char.IsUpper(letter) ? "0123456789ABCDEF" : "0123456789abcdef";

        charsWritten = 12 + (12 / group) - 1;
        if (destination.Length < charsWritten)
        {
            charsWritten = 0;
            return false;
        }

        int at = 0;
        for (int digit = 0; digit < 12; digit++)
        {
            if (digit > 0 && digit % group == 0)
            {
                destination[at++] = separator;
            }

            destination[at++] = digits[(int)(Value >> (44 - (4 * digit))) & 0xF];
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(MacAddress other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MacAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(MacAddress other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        MacAddress other => CompareTo(other),
        string text when TryParse(text, CultureInfo.InvariantCulture, out var other) => CompareTo(other),
        _ => throw new ArgumentException("A MAC address compares with MAC addresses only.", nameof(obj)),
    };

    private static uint HexDigit(char digit) => (uint)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);

#pragma warning disable CS1591 // The operators say nothing that their signs do not.
    public static bool operator ==(MacAddress left, MacAddress right) => left.Equals(right);

    public static bool operator !=(MacAddress left, MacAddress right) => !left.Equals(right);

    public static bool operator <(MacAddress left, MacAddress right) => left.Value < right.Value;

    public static bool operator <=(MacAddress left, MacAddress right) => left.Value <= right.Value;

    public static bool operator >(MacAddress left, MacAddress right) => left.Value > right.Value;

    public static bool operator >=(MacAddress left, MacAddress right) => left.Value >= right.Value;
#pragma warning restore CS1591
}
