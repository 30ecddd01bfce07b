using System.Collections.ObjectModel;

namespace MacSegmentation.Tags;

/// <summary>A list of tags that shows as a JSON array where only its text is asked for, as Export-Csv does: commas may be in a tag.</summary>
/// <param name="tags">The tags.</param>
internal sealed class TagList(IList<MacTag> tags) : ReadOnlyCollection<MacTag>(tags)
{
    /// <summary>No tags.</summary>
    public static readonly TagList None = new([]);

    /// <summary>The same tags as such a list.</summary>
    public static IReadOnlyList<MacTag> Of(IReadOnlyList<MacTag> tags) => tags switch
    {
        TagList => tags,
        { Count: 0 } => None,
        IList<MacTag> list => new TagList(list),
        _ => new TagList([.. tags]),
    };

    /// <summary>The tags as a JSON array, or nothing if there is none.</summary>
    public override string ToString() => Count == 0 ? string.Empty : $"[{string.Join(',', this.Select(tag => tag.Json))}]";
}
