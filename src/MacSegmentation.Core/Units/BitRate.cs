using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Units;

/// <summary>
/// How many bits a second, as Linux's tc writes it: a number with <c>bit</c>, <c>kbit</c>, <c>mbit</c> or <c>gbit</c> (powers of 1000), in any case and with <c>/s</c> behind it
/// or without; a bare number is one of bits a second. Octets (<c>10mb</c>, <c>1.5GB/s</c>) are refused: they are mistaken for bits too easily.
/// </summary>
/// <param name="BitsPerSecond">The rate. Which rates are right is said where it is used.</param>
public readonly record struct BitRate(long BitsPerSecond) : IParsable<BitRate>, IComparable<BitRate>
{
    // The longest name first, as each ends in the next.
    private static readonly (string Name, decimal Factor)[] Units = [("gbit", 1e9m), ("mbit", 1e6m), ("kbit", 1e3m), ("bit", 1m)];

    /// <summary>True if one rate is less than another.</summary>
    public static bool operator <(BitRate one, BitRate other) => one.BitsPerSecond < other.BitsPerSecond;

    /// <summary>True if one rate is greater than another.</summary>
    public static bool operator >(BitRate one, BitRate other) => one.BitsPerSecond > other.BitsPerSecond;

    /// <summary>True if one rate is not greater than another.</summary>
    public static bool operator <=(BitRate one, BitRate other) => one.BitsPerSecond <= other.BitsPerSecond;

    /// <summary>True if one rate is not less than another.</summary>
    public static bool operator >=(BitRate one, BitRate other) => one.BitsPerSecond >= other.BitsPerSecond;

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static BitRate Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static BitRate Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var rate)
        ? rate
        : throw new FormatException(OfOctets(s) is { } hint
            ? $"'{s}' counts octets, and a bandwidth is one of bits. Give {hint}."
            : $"'{s}' is not a bandwidth. Give a number with a unit such as 64kbit, 10mbit or 1.5gbit, or bits a second.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BitRate result)
    {
        result = default;
        string text = WithoutPerSecond(s);
        var unit = Units.FirstOrDefault(known => text.EndsWith(known.Name, StringComparison.OrdinalIgnoreCase), (Name: string.Empty, Factor: 1m));
        if (!decimal.TryParse(text[..^unit.Name.Length].TrimEnd(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || Math.Abs(number) > long.MaxValue / unit.Factor)
        {
            return false;
        }

        decimal bits = number * unit.Factor;
        result = new BitRate((long)bits);
        return decimal.IsInteger(bits);
    }

    /// <summary>The rate to a number of digits: of what was measured, more of them say nothing.</summary>
    /// <param name="digits">How many, 1 to 18.</param>
    public BitRate ToDigits(int digits)
    {
        long unit = (long)Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, BitsPerSecond))) - (digits - 1)));
        return new BitRate((BitsPerSecond + (unit / 2)) / unit * unit);
    }

    /// <inheritdoc/>
    public int CompareTo(BitRate other) => BitsPerSecond.CompareTo(other.BitsPerSecond);

    /// <summary>A number of the largest unit in which at most three decimals are left.</summary>
    public override string ToString()
    {
        long bits = BitsPerSecond;
        var unit = Units.First(known => (bits >= known.Factor || known.Factor == 1m) && decimal.Round(bits / known.Factor, 3) == bits / known.Factor);
        return string.Create(CultureInfo.InvariantCulture, $"{bits / unit.Factor:0.###}{unit.Name}");
    }

    /// <summary>What was meant, if the text has a unit of octets: the same number of bits, and of eight times as many.</summary>
    private static string? OfOctets(string? text)
    {
        string plain = WithoutPerSecond(text);
        string unit = new([.. plain.Reverse().TakeWhile(char.IsAsciiLetter).Reverse()]);
        string prefix = unit.ToUpperInvariant() switch { "B" => string.Empty, "KB" or "KIB" or "KBPS" => "k", "MB" or "MIB" or "MBPS" => "m", "GB" or "GIB" or "GBPS" => "g", _ => "-" };
        return prefix is not "-" && decimal.TryParse(plain[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number < 1e9m
            ? string.Create(CultureInfo.InvariantCulture, $"{number:0.###}{prefix}bit, or {number * 8:0.###}{prefix}bit if octets are meant")
            : null;
    }

    private static string WithoutPerSecond(string? text)
    {
        string plain = (text ?? string.Empty).Trim();
        return plain.EndsWith("/s", StringComparison.OrdinalIgnoreCase) ? plain[..^2].TrimEnd() : plain;
    }
}
