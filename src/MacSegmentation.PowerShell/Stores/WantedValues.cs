using System.Collections;
using System.Globalization;
using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>What a cmdlet is told to make of a record, value by value: from it follow whether anything is to change at all, and what a user is told before it does.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="values">The values that the cmdlet can change.</param>
internal sealed class WantedValues<T>(params WantedValue<T>[] values)
{
    /// <summary>True if nothing is given that would change a record.</summary>
    public bool IsEmpty => Array.TrueForAll(values, value => value.Given is null);

    /// <summary>The error of nothing given. Whoever feeds a file whose columns are called otherwise would take silence for success.</summary>
    /// <param name="thing">The record, as a user knows it.</param>
    /// <param name="target">By what it is named.</param>
    public MacSegmentationException NothingToChange(string thing, object target) => new(
        "NothingToChange",
        MacErrorKind.InvalidArgument,
        $"{thing} stays as it is: nothing is given that would change it. Give one of {string.Join(", ", values.Select(value => value.Parameter))}, as a parameter or as a property of that name.",
        target);

    /// <summary>From what to what each value changes, such as <c>Change Name from 'plc' to 'cameras', LowWater from 20 to 30</c>.</summary>
    /// <param name="record">The record as it is.</param>
    public string Describe(T record)
    {
        string[] changed =
        [
            .. values.Where(value => value.Given is not null)
                .Select(value => (value.Shown, Before: Text(value.Before(record)), After: Text(value.After is { } after ? after(record) : value.Given)))
                .Where(value => !string.Equals(value.Before, value.After, StringComparison.Ordinal))
                .Select(value => $"{value.Shown} from {value.Before} to {value.After}"),
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
