namespace MacSegmentation.Conditions;

/// <summary>How a metric is compared with a number.</summary>
public enum ConditionOperator
{
    /// <summary>More: <c>&gt;</c>.</summary>
    Greater,

    /// <summary>As much or more: <c>&gt;=</c>.</summary>
    GreaterOrEqual,

    /// <summary>Less: <c>&lt;</c>.</summary>
    Less,

    /// <summary>As much or less: <c>&lt;=</c>.</summary>
    LessOrEqual,
}
