using System.Text.Json;
using MacSegmentation.Errors;

namespace MacSegmentation.Tags;

/// <summary>The rules for the tags of a record.</summary>
public static class MacTags
{
    /// <summary>Tags that a record may have.</summary>
    public const int MaxCount = 64;

    /// <summary>Tags as they are kept: each once, by kind and value.</summary>
    /// <param name="tags">The tags, in any order.</param>
    /// <param name="owner">What has them, such as <c>Interface 'web-1'</c>.</param>
    /// <exception cref="MacSegmentationException">TooManyTags.</exception>
    public static IReadOnlyList<MacTag> Normalize(IEnumerable<MacTag> tags, string owner)
    {
        MacTag[] sorted = [.. tags.Distinct().OrderBy(tag => tag.Kind).ThenBy(tag => tag.Json, StringComparer.Ordinal)];
        return sorted.Length <= MaxCount ? TagList.Of(sorted) : throw new MacSegmentationException(
            "TooManyTags",
            MacErrorKind.InvalidArgument,
            $"{owner} would have {sorted.Length} tags, and the most are {MaxCount}. Put what belongs together into one JSON tag, or take others away first.",
            sorted.Length);
    }

    /// <summary>The tags of a JSON array, as a list of tags shows in a file; null if the text is none.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">An element is no tag.</exception>
    public static IReadOnlyList<MacTag>? TryParseList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().Trim() is not ['[', .., ']'])
        {
            return null;
        }

        JsonElement array;
        try
        {
            array = CanonicalJson.Read(text);
        }
        catch (FormatException)
        {
            return null;
        }

        return [.. array.EnumerateArray().Select(element => MacTag.OfJson(element.GetRawText()))];
    }

    /// <summary>True if a record with these tags has what a pattern names.</summary>
    /// <param name="tags">The record's tags.</param>
    /// <param name="pattern">The pattern.</param>
    public static bool Have(IReadOnlyList<MacTag> tags, MacTag pattern) => tags.Any(tag => tag.Contains(pattern));

    /// <summary>
    /// True if a record with these tags lacks what a pattern names. A text or a number is lacking where no tag is equal; a JSON pattern asks for another value: some tag must
    /// have its members, and none its values.
    /// </summary>
    /// <param name="tags">The record's tags.</param>
    /// <param name="pattern">The pattern.</param>
    public static bool Lack(IReadOnlyList<MacTag> tags, MacTag pattern) =>
        !Have(tags, pattern) && (pattern.Kind != TagKind.Json || tags.Any(tag => tag.HasMembersOf(pattern)));
}
