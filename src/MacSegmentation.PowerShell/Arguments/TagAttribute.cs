using System.Collections;
using System.Management.Automation;
using MacSegmentation.Tags;

namespace MacSegmentation.Arguments;

/// <summary>
/// The argument is a tag or several. A text is a text, also one of digits, except that of a JSON array, which is a list of tags, as a cell of a CSV file shows it. A whole number is a number, and
/// what has members, a hashtable or an object of ConvertFrom-Json, a JSON value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TagAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return value switch
            {
                // An empty cell of a CSV file.
                null => null,
                string text when string.IsNullOrWhiteSpace(text) => null,
                IEnumerable several and not (string or IDictionary) => several.Cast<object?>().SelectMany(Elements).ToArray(),
                _ => Elements(inputData).ToArray(),
            };
        }
        catch (FormatException error)
        {
            // The inner exception would make the binder go on with the object's properties: a hashtable has none that is meant.
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    /// <summary>The tags of an element: those of a list of tags are not one tag.</summary>
    private static IEnumerable<MacTag> Elements(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        null => throw new FormatException("Nothing is no tag. Give a text, a whole number, or a hashtable; leave out what is not there."),
        IEnumerable<MacTag> tags => tags,
        string text when SavedTag.ReadText(given) is null && MacTags.TryParseList(text) is { } tags => tags,
        _ => [TagValue.ToTag(given)],
    };
}
