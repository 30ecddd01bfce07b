using MacSegmentation.Addressing;

namespace MacSegmentation.Vlans;

/// <summary>Addresses that a provider alone gives out.</summary>
/// <param name="BlockId">Number of the block that they are.</param>
/// <param name="Range">The addresses.</param>
/// <param name="Provider">The provider.</param>
public sealed record Delegation(long BlockId, MacRange Range, string Provider);
