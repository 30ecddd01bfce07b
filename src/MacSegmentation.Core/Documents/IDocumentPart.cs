namespace MacSegmentation.Documents;

/// <summary>
/// What makes one concept of a store equal to what the document says of it. Everything is taken away before anything is added, because a range, an address, a name or
/// an order may move from one owner to another, and two may change places. So each step is done for all parts before the next one.
/// </summary>
internal interface IDocumentPart
{
    /// <summary>Checks what can be checked without the store, before anything is changed.</summary>
    void Check()
    {
    }

    /// <summary>Takes away what nothing else hangs on, and finds out what stays; in the sequence of the parts.</summary>
    void Clear()
    {
    }

    /// <summary>Takes away the rest; in the reverse sequence.</summary>
    void Release()
    {
    }

    /// <summary>Makes what is named; in the sequence of the parts.</summary>
    void Make()
    {
    }

    /// <summary>Makes what needs that all that is named is there.</summary>
    void Complete()
    {
    }
}
