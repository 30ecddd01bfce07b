namespace MacSegmentation.Providers;

/// <summary>What a record of the pipeline wants of a provider.</summary>
/// <param name="Name">The provider.</param>
/// <param name="LowWater">The new share of free addresses, in per cent, or null to leave it.</param>
/// <param name="BlockSize">The new number of addresses in a block, or null to leave it.</param>
public readonly record struct ProviderChange(string Name, int? LowWater, long? BlockSize);
