using MacSegmentation.Errors;

namespace MacSegmentation.Conditions;

/// <summary>
/// A condition over metrics, such as <c>Denials &gt; 50 within 10s and (ArpRate &gt; 200 or SpoofRefusals &gt;= 5 within 1m)</c>: <c>and</c> binds more than <c>or</c>.
/// Two are equal if they have the same canonical text.
/// </summary>
public abstract class MacCondition : IEquatable<MacCondition>
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 512;

    private protected MacCondition()
    {
    }

    /// <summary>Every comparison in it, from left to right.</summary>
    public abstract IEnumerable<MacConditionComparison> Comparisons { get; }

    /// <summary>Reads one.</summary>
    /// <param name="text">The text, of at most <see cref="MaxLength"/> characters.</param>
    /// <param name="metrics">What it may ask about.</param>
    /// <exception cref="MacSegmentationException">InvalidCondition: with the character at which it is wrong, and what was expected there.</exception>
    public static MacCondition Parse(string text, IReadOnlyList<ConditionMetric> metrics)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(metrics);
        return new ConditionParser(text, metrics).Parse();
    }

    /// <summary>True if it holds.</summary>
    /// <param name="readings">What the metrics are now.</param>
    public abstract bool IsMet(IConditionReadings readings);

    /// <inheritdoc/>
    public bool Equals(MacCondition? other) => other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MacCondition);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);

    /// <summary>Its canonical text, from which it is read again.</summary>
    public abstract override string ToString();
}
