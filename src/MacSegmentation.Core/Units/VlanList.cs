using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;

namespace MacSegmentation.Units;

/// <summary>VLANs written as a list with ranges, such as <c>10,20-29</c>.</summary>
public static class VlanList
{
    private static readonly char[] Separators = [',', ';'];

    /// <summary>Reads a list.</summary>
    /// <param name="text">Numbers from 1 to 4094 and ranges of them, with commas or semicolons between; empty for none.</param>
    /// <returns>The VLANs, ascending, each once.</returns>
    /// <exception cref="MacSegmentationException">InvalidVlanId.</exception>
    public static IReadOnlyList<int> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.IsNullOrWhiteSpace(text)
            ? []
            : [.. text.Split(Separators, StringSplitOptions.TrimEntries).SelectMany(part => ParseRange(part, text)).Distinct().Order()];
    }

    /// <summary>Writes a list, with ranges where numbers follow each other.</summary>
    /// <param name="vlans">The VLANs, in any order.</param>
    public static string ToText(IEnumerable<int> vlans)
    {
        var parts = new List<string>();
        int[] sorted = [.. vlans.Distinct().Order()];
        for (int i = 0, first = 0; i < sorted.Length; first = ++i)
        {
            while (i + 1 < sorted.Length && sorted[i + 1] == sorted[i] + 1)
            {
                i++;
            }

            parts.Add(i == first
                ? sorted[i].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{sorted[first]}-{sorted[i]}"));
        }

        return string.Join(',', parts);
    }

    private static IEnumerable<int> ParseRange(string part, string text)
    {
        int dash = part.IndexOf('-', StringComparison.Ordinal);
        if (!TryParse(dash < 0 ? part : part[..dash], out int first) || !TryParse(part[(dash + 1)..], out int last))
        {
            throw Invalid($"'{text}' is not a list of VLANs. Give numbers from {VlanId.Minimum} to {VlanId.Maximum} and ranges of them, such as 10,20-29.", text);
        }

        VlanId.Validate(first);
        VlanId.Validate(last);
        return first <= last
            ? Enumerable.Range(first, last - first + 1)
            : throw Invalid($"The range of VLANs {part} is reversed. Write {last}-{first}.", text);
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);

    private static MacSegmentationException Invalid(string sentence, string text) => new("InvalidVlanId", MacErrorKind.InvalidArgument, sentence, text);
}
