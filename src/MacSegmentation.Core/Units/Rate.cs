using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Units;

/// <summary>How many a second: a whole number, in thousands or millions if it says so (<c>1000</c>, <c>10k</c>, <c>2M</c>), with <c>/s</c> behind it or without.</summary>
/// <param name="PerSecond">How many. Which numbers are right is said where it is used.</param>
public readonly record struct Rate(long PerSecond) : IParsable<Rate>
{
    private const long Thousand = 1000;
    private const long Million = 1_000_000;

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Rate Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static Rate Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var rate)
        ? rate
        : throw new FormatException($"'{s}' is not a rate. Give a whole number a second such as 1000, or in thousands or millions such as 10k or 2M.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Rate result)
    {
        string text = (s ?? string.Empty).Trim();
        text = text.EndsWith("/s", StringComparison.OrdinalIgnoreCase) ? text[..^2].TrimEnd() : text;
        long factor = text switch
        {
            [.., 'k' or 'K'] => Thousand,
            [.., 'M'] => Million,
            _ => 1,
        };
        bool isRate = long.TryParse(factor == 1 ? text : text[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && Math.Abs(number) <= long.MaxValue / Million;
        result = new Rate(isRate ? number * factor : 0);
        return isRate;
    }

    /// <summary>The number alone, in millions or thousands if it is whole.</summary>
    public override string ToString() => PerSecond switch
    {
        0 => "0",
        _ when PerSecond % Million == 0 => string.Create(CultureInfo.InvariantCulture, $"{PerSecond / Million}M"),
        _ when PerSecond % Thousand == 0 => string.Create(CultureInfo.InvariantCulture, $"{PerSecond / Thousand}k"),
        _ => PerSecond.ToString(CultureInfo.InvariantCulture),
    };
}
