namespace MacSegmentation.Conditions;

/// <summary>What the number of a metric is one of.</summary>
public enum ConditionUnit
{
    /// <summary>A whole number of things.</summary>
    Count,

    /// <summary>How many a second.</summary>
    Rate,

    /// <summary>A share in per cent.</summary>
    Share,

    /// <summary>A time.</summary>
    Duration,

    /// <summary>Something that is so or is not: it stands in a condition by itself, without a number.</summary>
    State,
}
