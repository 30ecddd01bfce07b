using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Units;

/// <summary>
/// A time that frames take, with its unit: <c>500us</c>, <c>25ms</c>, <c>1.5s</c>. A bare number is refused, because some take it for milliseconds and others for seconds;
/// only 0 has no unit.
/// </summary>
/// <param name="Value">The time, in steps of 100 ns. Which times are right is said where it is used.</param>
public readonly record struct DelayTime(TimeSpan Value) : IParsable<DelayTime>
{
    // The longest name first: "ms" ends in "s".
    private static readonly (string Name, decimal Ticks)[] Units =
    [
        ("us", TimeSpan.TicksPerMicrosecond), ("µs", TimeSpan.TicksPerMicrosecond), ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond),
    ];

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static DelayTime Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static DelayTime Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var time)
        ? time
        : throw new FormatException(decimal.TryParse(s, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? string.Create(CultureInfo.InvariantCulture, $"'{s}' has no unit. Give {number:0.######}ms or {number:0.######}s.")
            : $"'{s}' is not a time that a frame takes. Give a number with a unit such as 500us, 25ms or 1.5s.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DelayTime result)
    {
        result = default;
        string text = (s ?? string.Empty).Trim();
        if (text.Contains(':', StringComparison.Ordinal))
        {
            bool isClock = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var clock);
            result = new DelayTime(clock);
            return isClock;
        }

        var unit = Units.FirstOrDefault(known => text.EndsWith(known.Name, StringComparison.OrdinalIgnoreCase), (Name: string.Empty, Ticks: 0m));
        if (!decimal.TryParse(text[..^unit.Name.Length].TrimEnd(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || (unit.Name.Length == 0 && number != 0)
            || Math.Abs(number) > TimeSpan.MaxValue.Ticks / Math.Max(unit.Ticks, 1m))
        {
            return false;
        }

        result = new DelayTime(new TimeSpan((long)decimal.Round(number * unit.Ticks)));
        return true;
    }

    /// <summary>A number of milliseconds, or of microseconds or seconds where that is shorter.</summary>
    public override string ToString() => Value.Ticks switch
    {
        0 => "0ms",
        var ticks when ticks % TimeSpan.TicksPerSecond == 0 => string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}s"),
        var ticks when Math.Abs(ticks) < TimeSpan.TicksPerMillisecond => string.Create(CultureInfo.InvariantCulture, $"{ticks / (decimal)TimeSpan.TicksPerMicrosecond:0.#}us"),
        var ticks => string.Create(CultureInfo.InvariantCulture, $"{ticks / (decimal)TimeSpan.TicksPerMillisecond:0.####}ms"),
    };
}
