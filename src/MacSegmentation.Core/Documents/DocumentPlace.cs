using MacSegmentation.Errors;

namespace MacSegmentation.Documents;

/// <summary>A thing of the document and where it stands.</summary>
/// <param name="around">The place of the thing that has the list, or null if the document has it.</param>
/// <param name="list">Name of the list.</param>
/// <param name="index">Index in the list.</param>
/// <param name="findMember">The member of the thing that an error is about, or null.</param>
internal sealed class DocumentPlace(DocumentPlace? around, string list, int index, Func<MacSegmentationException, string?> findMember)
{
    /// <summary>The path of what an error about the thing is about: the member that it names, if it names one.</summary>
    /// <param name="error">The domain's error.</param>
    public string PathOf(MacSegmentationException error) => findMember(error) is { } member ? $"{this}.{member}" : ToString();

    /// <summary>The thing's path, such as <c>vlans[1].policies[3]</c>.</summary>
    public override string ToString() => $"{(around is null ? string.Empty : $"{around}.")}{list}[{index}]";
}
