using MacSegmentation.Errors;

namespace MacSegmentation.Documents;

/// <summary>A thing of the document and where it stands.</summary>
/// <param name="around">The place of the thing that has the member, or null if the document has it.</param>
/// <param name="member">Name of the member: the thing, or the list that it is in.</param>
/// <param name="index">Index in the list; null if the member is the thing.</param>
/// <param name="findMember">The member of the thing that an error is about, or null.</param>
internal sealed class DocumentPlace(DocumentPlace? around, string member, int? index, Func<MacSegmentationException, string?> findMember)
{
    /// <summary>The path of what an error about the thing is about: the member that it names, if it names one.</summary>
    /// <param name="error">The domain's error.</param>
    public string PathOf(MacSegmentationException error) => findMember(error) is { } path ? $"{this}.{path}" : ToString();

    /// <summary>The thing's path, such as <c>vlans[1].policies[3]</c>.</summary>
    public override string ToString() => $"{(around is null ? string.Empty : $"{around}.")}{member}{(index is { } place ? $"[{place}]" : string.Empty)}";
}
