namespace MacSegmentation.Ownership;

/// <summary>What a move of an address looks like.</summary>
internal enum FlapState
{
    /// <summary>A move.</summary>
    Moved,

    /// <summary>One move too many: this is to be told.</summary>
    Flapping,

    /// <summary>It was told already, or so many addresses move that one more is no news.</summary>
    Untold,
}
