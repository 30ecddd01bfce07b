using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>A tag and how many interface records have it.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Records">The records that have it.</param>
public sealed record TagUse(MacTag Tag, int Records);
