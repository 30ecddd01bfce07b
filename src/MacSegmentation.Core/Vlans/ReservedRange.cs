using MacSegmentation.Addressing;

namespace MacSegmentation.Vlans;

/// <summary>Addresses of a pool that are reserved.</summary>
/// <param name="Range">The addresses.</param>
/// <param name="Description">What they are kept for; may be empty.</param>
public readonly record struct ReservedRange(MacRange Range, string Description)
{
    /// <summary>The addresses, and what they are kept for.</summary>
    public override string ToString() => Description.Length > 0 ? $"{Range} ('{Description}')" : $"{Range}";
}
