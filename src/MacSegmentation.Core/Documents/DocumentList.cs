using MacSegmentation.Errors;

namespace MacSegmentation.Documents;

/// <summary>A list of the document and where it stands.</summary>
/// <param name="Around">The place of the thing that has the list, or null if the document has it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Items">Its items.</param>
/// <param name="Kind">What the items are, or null if they are plain values.</param>
internal sealed record DocumentList<T>(DocumentPlace? Around, string Name, IReadOnlyList<T> Items, DocumentObject<T>? Kind = null)
    where T : class
{
    /// <summary>The place of an item.</summary>
    public DocumentPlace PlaceOf(int index) => new(Around, Name, index, error => Kind?.FindMember(Items[index], error));

    /// <summary>The item's own lists, one for each item.</summary>
    /// <param name="list">Makes the list, from the item and its place.</param>
    public IReadOnlyList<TList> Within<TList>(Func<T, DocumentPlace, TList> list) => [.. Items.Select((item, index) => list(item, PlaceOf(index)))];
}
