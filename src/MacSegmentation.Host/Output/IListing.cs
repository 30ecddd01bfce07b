namespace MacSegmentation.Output;

/// <summary>What a listing lists, and by which columns.</summary>
internal interface IListing
{
    /// <summary>The things.</summary>
    Type Listed { get; }

    /// <summary>The columns' names.</summary>
    IReadOnlyList<string> Columns { get; }
}
