namespace MacSegmentation.Blocks;

/// <summary>How far a block is the provider's.</summary>
public enum BlockState
{
    /// <summary>The provider gives out its addresses.</summary>
    Active,

    /// <summary>It was asked back: the provider gives out nothing of it any more, once it has heard, and returns what is free.</summary>
    Recalled,

    /// <summary>Its epoch was closed without the provider's word: it is a sign for the provider, should it return, and holds no address.</summary>
    Closed,
}
