using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MacSegmentation.Errors;
using MacSegmentation.Units;

namespace MacSegmentation.NetworkSessions;

/// <summary>
/// A profile that an instance has at a time of its own: from <paramref name="At"/> on, for a while or until it is changed, once or again and again. As a text: <c>satellite at
/// 2026-11-28T10:00:00Z for 1m every 10m</c>; or <c>none</c>.
/// </summary>
/// <param name="Profile">The profile; <see cref="MacScenario.NoProfile"/> for none.</param>
/// <param name="At">When first.</param>
/// <param name="For">For how long, 100 ms to 365 days; null for ever.</param>
/// <param name="Every">From one beginning to the next, longer than <paramref name="For"/>; null for once.</param>
public sealed record ProfileSchedule(string Profile, DateTimeOffset At, TimeSpan? For = null, TimeSpan? Every = null) : IParsable<ProfileSchedule>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>Reads one from its text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ProfileSchedule Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static ProfileSchedule Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var schedule)
        ? schedule
        : throw new FormatException($"'{s}' is not a schedule. Give a profile, a time and if need be for how long and how often, such as satellite at 2026-11-28T10:00:00Z for 1m every 10m.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ProfileSchedule result)
    {
        result = null;
        string[] words = (s ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 3 or > 7 || words.Length % 2 == 0 || !Is(words[1], "at")
            || !DateTimeOffset.TryParse(words[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            return false;
        }

        var schedule = new ProfileSchedule(Uri.UnescapeDataString(words[0]), at);
        for (int i = 3; i < words.Length; i += 2)
        {
            if (!Duration.TryParse(words[i + 1], provider, out var time) || !(Is(words[i], "for") || Is(words[i], "every")))
            {
                return false;
            }

            schedule = Is(words[i], "for") ? schedule with { For = time.Value } : schedule with { Every = time.Value };
        }

        result = schedule;
        return true;
    }

    /// <summary>Whether it holds at a time, and when that changes.</summary>
    /// <param name="time">The time.</param>
    /// <returns>True if it holds; and when that is otherwise, or null if never.</returns>
    public (bool Holds, DateTimeOffset? Next) Look(DateTimeOffset time)
    {
        if (time < At)
        {
            return (false, At);
        }

        var began = Every is { } every ? At + new TimeSpan((time - At).Ticks / every.Ticks * every.Ticks) : At;
        return For is not { } length ? (true, null) : time < began + length ? (true, began + length) : (false, began + Every);
    }

    /// <summary>Its text.</summary>
    public override string ToString() =>
        $"{Profile.Replace("%", "%25", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)} at {At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)}"
        + (For is { } length ? $" for {new Duration(length)}" : string.Empty) + (Every is { } every ? $" every {new Duration(every)}" : string.Empty);

    /// <summary>The schedule, if it can be one; its time to the microsecond, as stores have it.</summary>
    /// <exception cref="MacSegmentationException">InvalidSchedule.</exception>
    internal ProfileSchedule Validate(string instance)
    {
        if (For is { } length && (length < Shortest || length > Longest))
        {
            throw Invalid($"it cannot have a profile for {new Duration(length)}. Give {new Duration(Shortest)} to {new Duration(Longest)}");
        }

        if (Every is { } every && (For is not { } of || every <= of || every > Longest))
        {
            throw Invalid(For is null ? $"every {new Duration(every)} says nothing without for how long. Give -For, too" : $"it cannot have a profile every {new Duration(every)} for {new Duration(For.Value)}. Give a longer time up to {new Duration(Longest)}");
        }

        return this with { At = new DateTimeOffset(At.UtcTicks - (At.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero) };

        MacSegmentationException Invalid(string what) => new("InvalidSchedule", MacErrorKind.InvalidArgument, $"Instance '{instance}': {what}.", instance);
    }

    private static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
