using MacSegmentation.Policies;

namespace MacSegmentation.Bridging;

/// <summary>What became of the copies of one frame.</summary>
internal struct Delivery
{
    /// <summary>Copies that a port took.</summary>
    public int Sent;

    /// <summary>Copies that a port should have taken and did not.</summary>
    public int NotSent;

    /// <summary>Why the last copy was refused that was, or null.</summary>
    public VerdictReason? Refusal;

    /// <summary>What that makes of a frame that was allowed.</summary>
    public readonly Verdict Conclude(Verdict allowed) => this switch
    {
        { Sent: > 0 } => allowed,
        { Refusal: { } reason } => Verdict.Denied(reason),
        { NotSent: > 0 } => Verdict.Dropped(VerdictReason.SendFailed),
        _ => Verdict.Dropped(VerdictReason.NoDestination),
    };
}
