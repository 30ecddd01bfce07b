using System.Collections;
using System.Globalization;

namespace MacSegmentation.Stores;

/// <summary>What a change makes of a record, for whoever asks before it is made.</summary>
internal static class Differences
{
    /// <summary>From what to what each value changes, such as <c>Change Name from 'plc' to 'cameras', LowWater from 20 to 30</c>.</summary>
    /// <param name="values">The values of the record and those that are wanted; null for one that stays.</param>
    public static string Describe(params IEnumerable<(string Name, object? Before, object? After)> values)
    {
        string[] changed =
        [
            .. values.Where(value => value.After is not null)
                .Select(value => (value.Name, Before: Text(value.Before), After: Text(value.After)))
                .Where(value => !string.Equals(value.Before, value.After, StringComparison.Ordinal))
                .Select(value => $"{value.Name} from {value.Before} to {value.After}"),
        ];
        return changed.Length == 0 ? "Change nothing: it is so already" : $"Change {string.Join(", ", changed)}";
    }

    private static string Text(object? value) => value switch
    {
        null => "none",
        string text => $"'{text}'",
        bool flag => flag ? "on" : "off",
        IEnumerable several => string.Join(" and ", several.Cast<object?>().Select(one => Convert.ToString(one, CultureInfo.InvariantCulture))) is { Length: > 0 } list ? list : "none",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
