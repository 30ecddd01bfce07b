using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Units;

/// <summary>
/// A share in per cent with up to four decimals: <c>0.2%</c>. A whole number needs no sign (<c>1</c> is 1 %); a fraction without one is refused, because 0.2 could be a
/// fifth, or a five-hundredth.
/// </summary>
/// <param name="PartsPerMillion">The share. Which shares are right is said where it is used.</param>
public readonly record struct Percentage(int PartsPerMillion) : IParsable<Percentage>
{
    /// <summary>Of one per cent.</summary>
    private const decimal PartsOfPerCent = 10_000m;

    /// <summary>All: 100 %.</summary>
    public static Percentage All => new(1_000_000);

    /// <summary>The share as a number from 0 to 1.</summary>
    public double Fraction => PartsPerMillion / 1e6;

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Percentage Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static Percentage Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var share)
        ? share
        : throw new FormatException(decimal.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal fraction) && fraction is > 0 and < 1
            ? string.Create(CultureInfo.InvariantCulture, $"'{s}' may mean {fraction:0.####}% or {fraction * 100:0.####}%. Give it with its sign, such as {fraction:0.####}%.")
            : $"'{s}' is not a share in per cent. Give a number from 0 to 100 with at most four decimals and a sign, such as 0.2%.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Percentage result)
    {
        result = default;
        string text = (s ?? string.Empty).Trim();
        bool hasSign = text.EndsWith('%');
        if (!decimal.TryParse(hasSign ? text[..^1].TrimEnd() : text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || Math.Abs(number) > 1000m
            || !(hasSign || decimal.IsInteger(number))
            || !decimal.IsInteger(number * PartsOfPerCent))
        {
            return false;
        }

        result = new Percentage((int)(number * PartsOfPerCent));
        return true;
    }

    /// <summary>The share with its sign.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PartsPerMillion / PartsOfPerCent:0.####}%");
}
