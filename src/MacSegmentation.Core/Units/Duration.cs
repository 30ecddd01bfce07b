using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Units;

/// <summary>
/// A time as people write it: a number with a unit (<c>500ms</c>, <c>300s</c>, <c>5m</c>, <c>8h</c>, <c>1d</c>), a bare number, which is one of seconds, or hours,
/// minutes and seconds (<c>00:05:00</c>), with days in front (<c>1.00:00:00</c>).
/// </summary>
/// <param name="Value">The time.</param>
public readonly record struct Duration(TimeSpan Value) : IParsable<Duration>
{
    // The longest first, of which a whole number is written.
    private static readonly (string Name, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Duration Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static Duration Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var duration)
        ? duration
        : throw new FormatException($"'{s}' is not a time. Give seconds such as 300, a number with a unit such as 500ms, 5m, 8h or 1d, or hours, minutes and seconds such as 00:05:00.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Duration result)
    {
        string text = (s ?? string.Empty).Trim();
        result = default;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            bool isClock = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var clock);
            result = new Duration(clock);
            return isClock;
        }

        string unit = new([.. text.Reverse().TakeWhile(char.IsAsciiLetter).Reverse()]);
        var length = unit.Length == 0 ? TimeSpan.FromSeconds(1) : Units.FirstOrDefault(known => string.Equals(known.Name, unit, StringComparison.OrdinalIgnoreCase)).Length;
        if (length == TimeSpan.Zero
            || !double.TryParse(text[..^unit.Length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double number)
            || Math.Abs(number) >= TimeSpan.MaxValue / length)
        {
            return false;
        }

        result = new Duration(number * length);
        return true;
    }

    /// <summary>A whole number of the longest unit that has one, else seconds with a fraction.</summary>
    public override string ToString()
    {
        var value = Value;
        string? unit = value == TimeSpan.Zero ? null : Units.FirstOrDefault(known => value.Ticks % known.Length.Ticks == 0).Name;
        return unit is null
            ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.#######}s")
            : string.Create(CultureInfo.InvariantCulture, $"{value / Units.First(known => string.Equals(known.Name, unit, StringComparison.Ordinal)).Length:0}{unit}");
    }
}
