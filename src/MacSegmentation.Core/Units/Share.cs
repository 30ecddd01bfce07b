using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Units;

/// <summary>A share in whole per cent, with its sign or without: <c>20%</c> or <c>20</c>. A fraction is refused: 0.2 could be a fifth, or a five-hundredth.</summary>
/// <param name="PerCent">The share. Which shares are right is said where it is used.</param>
public readonly record struct Share(int PerCent) : IParsable<Share>
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Share Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static Share Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var share)
        ? share
        : throw new FormatException(double.TryParse(Digits(s), NumberStyles.Float, CultureInfo.InvariantCulture, out double fraction) && fraction is > 0 and < 1
            ? string.Create(CultureInfo.InvariantCulture, $"'{s}' may mean {fraction * 100:0.##} % or {fraction:0.##} %. Give a whole number in per cent, such as 20%.")
            : $"'{s}' is not a share in per cent. Give a whole number from 0 to 100, such as 20%.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Share result)
    {
        bool isShare = int.TryParse(Digits(s), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int share);
        result = new Share(share);
        return isShare;
    }

    /// <summary>The share with its sign.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerCent}%");

    private static string Digits(string? text)
    {
        string digits = (text ?? string.Empty).Trim();
        return digits.EndsWith('%') ? digits[..^1].TrimEnd() : digits;
    }
}
