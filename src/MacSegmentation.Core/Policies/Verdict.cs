namespace MacSegmentation.Policies;

/// <summary>What was decided for a frame, and why.</summary>
/// <param name="Action">What happens to the frame.</param>
/// <param name="Reason">Why.</param>
/// <param name="PolicyIndex">Index into <see cref="DecisionTable.Policies"/> if <paramref name="Reason"/> is Policy, else −1.</param>
public readonly record struct Verdict(PolicyAction Action, VerdictReason Reason, int PolicyIndex)
{
    /// <summary>A frame that is discarded for what it is, before any policy is asked.</summary>
    /// <param name="reason">Why.</param>
    public static Verdict Dropped(VerdictReason reason) => new(PolicyAction.Drop, reason, -1);
}
