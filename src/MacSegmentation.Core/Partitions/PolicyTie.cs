namespace MacSegmentation.Partitions;

/// <summary>Two policies between which only names or places decide.</summary>
/// <param name="Policy">The one that was asked about.</param>
/// <param name="Other">The other one.</param>
/// <param name="Why">Which one comes first and why, as a sentence.</param>
public sealed record PolicyTie(MacPartitionPolicy Policy, MacPartitionPolicy Other, string Why);
