using MacSegmentation.Policies;

namespace MacSegmentation.Switching;

/// <summary>What an engine puts in force as one thing.</summary>
/// <param name="Snapshot">The configuration that the policies were compiled from; null where only policies decide.</param>
/// <param name="Policies">The compiled policies.</param>
/// <param name="Epoch">Number of these tables among the enforcer's.</param>
/// <param name="SlotOfPolicy">The place where each policy's hits are counted.</param>
/// <param name="SlotCount">Number of such places.</param>
/// <param name="ReusedSlots">Places that had another policy before: they begin at zero.</param>
internal sealed record TablesInForce(
    ConfigurationSnapshot? Snapshot, DecisionTable Policies, long Epoch, int[] SlotOfPolicy, int SlotCount, List<int> ReusedSlots);
