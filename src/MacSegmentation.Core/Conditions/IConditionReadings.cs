namespace MacSegmentation.Conditions;

/// <summary>What the metrics of a condition are now.</summary>
public interface IConditionReadings
{
    /// <summary>What a metric is now, in its unit: how many, how many a second, per cent, or ticks of 100 ns.</summary>
    /// <param name="comparison">The comparison that asks, with the metric and the time within which it is counted.</param>
    long Read(MacConditionComparison comparison);
}
