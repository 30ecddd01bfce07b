namespace MacSegmentation.Documents;

/// <summary>An object of the document that is another one and more.</summary>
internal static class DocumentInheritance
{
    /// <summary>Adds the members of what an object is also.</summary>
    public static DocumentObject<T> With<T, TBase>(this DocumentObject<T> kind, DocumentObject<TBase> parent)
        where T : class, TBase
        where TBase : class
    {
        foreach (var member in parent.Members)
        {
            kind.Add(new InheritedMember<T, TBase>(member) { FormerName = member.FormerName });
        }

        return kind;
    }
}
