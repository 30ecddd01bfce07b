namespace MacSegmentation.Conditions;

/// <summary>Conditions of which all must hold, or one.</summary>
public sealed class MacConditionList : MacCondition
{
    private MacConditionList(bool needsAll, IReadOnlyList<MacCondition> terms)
    {
        NeedsAll = needsAll;
        Terms = terms;
    }

    /// <summary>True if all must hold (<c>and</c>), false if one must (<c>or</c>).</summary>
    public bool NeedsAll { get; }

    /// <summary>The conditions, at least two; none is a list of the same kind.</summary>
    public IReadOnlyList<MacCondition> Terms { get; }

    /// <inheritdoc/>
    public override IEnumerable<MacConditionComparison> Comparisons => Terms.SelectMany(term => term.Comparisons);

    /// <inheritdoc/>
    public override bool IsMet(IConditionReadings readings)
    {
        // Without a closure: asked again and again by whoever samples.
        foreach (var term in Terms)
        {
            if (term.IsMet(readings) != NeedsAll)
            {
                return !NeedsAll;
            }
        }

        return NeedsAll;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(NeedsAll ? " and " : " or ", Terms.Select(term => NeedsAll && term is MacConditionList ? $"({term})" : term.ToString()));

    /// <summary>Conditions together; a list of the same kind goes into it, and one alone is itself.</summary>
    internal static MacCondition Of(bool needsAll, IReadOnlyList<MacCondition> terms) => terms.Count == 1
        ? terms[0]
        : new MacConditionList(needsAll, [.. terms.SelectMany(term => term is MacConditionList list && list.NeedsAll == needsAll ? list.Terms : [term])]);
}
