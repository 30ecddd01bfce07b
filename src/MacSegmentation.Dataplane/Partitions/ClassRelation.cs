namespace MacSegmentation.Partitions;

/// <summary>What holds between two classes of a VLAN.</summary>
/// <param name="key">Both classes and the VLAN.</param>
/// <param name="ahead">The way that a frame goes.</param>
/// <param name="back">The other way.</param>
internal sealed class ClassRelation(ulong key, ClassPair ahead, ClassPair back)
{
    /// <summary>Both classes and the VLAN.</summary>
    public ulong Key => key;

    /// <summary>The way that a frame goes.</summary>
    public ClassPair Ahead => ahead;

    /// <summary>The other way.</summary>
    public ClassPair Back => back;

    /// <summary>True if there is no policy for either way.</summary>
    public bool IsEmpty { get; } = ahead.IsEmpty && back.IsEmpty;
}
