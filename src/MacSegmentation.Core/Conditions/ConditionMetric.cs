namespace MacSegmentation.Conditions;

/// <summary>What a condition may ask about. Whoever uses conditions says which there are.</summary>
/// <param name="Name">Its name in a condition; read in any case.</param>
/// <param name="Unit">What its number is one of.</param>
/// <param name="IsWindowed">True if it is counted within a time, which a condition names after <c>within</c>; false if it has a value at every moment.</param>
/// <param name="Description">What it is, in a few words.</param>
public sealed record ConditionMetric(string Name, ConditionUnit Unit, bool IsWindowed, string Description);
