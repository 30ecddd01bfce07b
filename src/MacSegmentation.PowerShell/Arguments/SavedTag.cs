using System.Management.Automation;
using MacSegmentation.Tags;

namespace MacSegmentation.Arguments;

/// <summary>A tag that was saved: as its text under its type's name (CLIXML, jobs), or as its properties (JSON).</summary>
internal static class SavedTag
{
    private const string DeserializedName = "Deserialized.MacSegmentation.Tags.MacTag";

    /// <summary>The tag that an object was, or null.</summary>
    /// <exception cref="FormatException">It was one, and is no longer.</exception>
    public static MacTag? Read(object given) => ReadText(given) is { } text ? MacTag.Parse(text, provider: null) : ReadProperties(given);

    /// <summary>The text of a tag that was saved as text, or null.</summary>
    public static string? ReadText(object? given) =>
        given is PSObject saved && saved.TypeNames is [var name, ..] && string.Equals(name, DeserializedName, StringComparison.Ordinal) ? saved.ToString() : null;

    /// <summary>Both properties must agree: somebody's own object may have two of these names.</summary>
    private static MacTag? ReadProperties(object given)
    {
        var saved = PSObject.AsPSObject(given);
        if (saved.BaseObject is not PSCustomObject
            || saved.Properties.Count() != 2
            || saved.Properties[nameof(MacTag.Json)]?.Value is not string json
            || saved.Properties[nameof(MacTag.Kind)]?.Value is not { } kind
            || !LanguagePrimitives.TryConvertTo(kind, out TagKind known))
        {
            return null;
        }

        try
        {
            return MacTag.OfJson(json) is var tag && tag.Kind == known ? tag : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
