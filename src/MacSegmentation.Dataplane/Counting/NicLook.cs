using MacSegmentation.Emulation;

namespace MacSegmentation.Counting;

/// <summary>The port of an interface record as of one look: what went by, and what its vNIC profile does with it.</summary>
/// <param name="Counts">What went by.</param>
/// <param name="FromInstance">What the profile does with what its machine sends; null for nothing.</param>
/// <param name="ToInstance">What it does with what goes to the machine; null for nothing.</param>
internal readonly record struct NicLook(NicCounts Counts, LinkStatistics? FromInstance, LinkStatistics? ToInstance);
