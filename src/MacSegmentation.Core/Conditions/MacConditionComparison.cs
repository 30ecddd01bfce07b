namespace MacSegmentation.Conditions;

/// <summary>A metric compared with a number.</summary>
public sealed class MacConditionComparison : MacCondition
{
    internal MacConditionComparison(ConditionMetric metric, ConditionOperator comparison, long threshold, TimeSpan window)
    {
        Metric = metric;
        Operator = comparison;
        Threshold = threshold;
        Window = window;
    }

    /// <summary>What is compared.</summary>
    public ConditionMetric Metric { get; }

    /// <summary>How.</summary>
    public ConditionOperator Operator { get; }

    /// <summary>With what, in the metric's unit: how many, how many a second, per cent, or ticks of 100 ns; 0 or more.</summary>
    public long Threshold { get; }

    /// <summary>Within which time it is counted; zero for a metric that has a value at every moment.</summary>
    public TimeSpan Window { get; }

    /// <inheritdoc/>
    public override IEnumerable<MacConditionComparison> Comparisons => [this];

    /// <inheritdoc/>
    public override bool IsMet(IConditionReadings readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        long value = readings.Read(this);
        return Operator switch
        {
            ConditionOperator.Greater => value > Threshold,
            ConditionOperator.GreaterOrEqual => value >= Threshold,
            ConditionOperator.Less => value < Threshold,
            _ => value <= Threshold,
        };
    }

    /// <summary>What the metric was, in words, such as <c>Denials 63 within 10s</c>.</summary>
    /// <param name="value">The number, in the metric's unit.</param>
    public string DescribeReading(long value) => Metric.Unit == ConditionUnit.State ? Metric.Name : $"{Metric.Name} {ConditionNumber.Write(Metric.Unit, value)}{WithinWindow}";

    private string WithinWindow => Metric.IsWindowed ? $" within {ConditionNumber.Write(ConditionUnit.Duration, Window.Ticks)}" : string.Empty;

    /// <inheritdoc/>
    public override string ToString() =>
        Metric.Unit == ConditionUnit.State ? Metric.Name : $"{Metric.Name} {ConditionNumber.Write(Operator)} {ConditionNumber.Write(Metric.Unit, Threshold)}{WithinWindow}";
}
