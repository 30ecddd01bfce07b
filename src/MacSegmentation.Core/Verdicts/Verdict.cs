namespace MacSegmentation.Verdicts;

/// <summary>What was decided for a frame, and why. Eight bytes, so that it travels in a register.</summary>
public readonly struct Verdict : IEquatable<Verdict>
{
    /// <summary>Low bits of a result that hold the action; the others hold the policy's rank, so the lower result is the earlier policy.</summary>
    internal const int ActionBits = 2;

    /// <summary>Ranks from here on are no policy's: each stands for another reason, so that one comparison serves for all.</summary>
    private const uint FirstReasonRank = (uint.MaxValue >> ActionBits) - VerdictReason.Capacity + 1;

    /// <summary>The first policy of the VLAN above, the result below. One number: of two fields the pair would be read as one before it has reached memory.</summary>
    private readonly ulong bits;

    internal Verdict(uint result, int firstPolicy) => bits = ((ulong)(uint)firstPolicy << 32) | result;

    /// <summary>What happens to the frame.</summary>
    public PolicyAction Action => (PolicyAction)(Result & ((1 << ActionBits) - 1));

    /// <summary>Why.</summary>
    public VerdictReason Reason => IsByPolicy ? VerdictReason.Policy : VerdictReason.Of((int)((Result >> ActionBits) - FirstReasonRank));

    /// <summary>Index into the decision table's policies if the reason is Policy, else −1.</summary>
    public int PolicyIndex => IsByPolicy ? (int)(bits >> 32) + (int)(Result >> ActionBits) : -1;

    /// <summary>True if a policy decided.</summary>
    public bool IsByPolicy => IsOfPolicy(Result);

    private uint Result => (uint)bits;

    /// <summary>A frame that is discarded for what it is or for what became of it, not by a policy.</summary>
    /// <param name="reason">Why.</param>
    public static Verdict Dropped(VerdictReason reason) => new(Encode(reason, PolicyAction.Drop), firstPolicy: 0);

    /// <summary>A frame that is refused, and reported, by something else than a policy.</summary>
    /// <param name="reason">Why.</param>
    public static Verdict Denied(VerdictReason reason) => new(Encode(reason, PolicyAction.Deny), firstPolicy: 0);

    /// <summary>A frame that was seen to by something else than a policy.</summary>
    /// <param name="reason">How.</param>
    public static Verdict Allowed(VerdictReason reason) => new(Encode(reason, PolicyAction.Allow), firstPolicy: 0);

    /// <inheritdoc/>
    public bool Equals(Verdict other) => Action == other.Action && Reason == other.Reason && PolicyIndex == other.PolicyIndex;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Verdict other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Action, Reason, PolicyIndex);

    /// <summary>The action and the reason, such as <c>Deny (Policy 3)</c>.</summary>
    public override string ToString() => IsByPolicy ? $"{Action} ({Reason} {PolicyIndex})" : $"{Action} ({Reason})";

    /// <summary>True if a policy gave the result.</summary>
    internal static bool IsOfPolicy(uint result) => result < FirstReasonRank << ActionBits;

    /// <summary>The result of a policy.</summary>
    internal static uint Encode(int rank, PolicyAction action) => ((uint)rank << ActionBits) | (uint)action;

    /// <summary>The result of a decision that no policy makes; greater than every policy's.</summary>
    internal static uint Encode(VerdictReason reason, PolicyAction action) => ((FirstReasonRank + (uint)reason.Number) << ActionBits) | (uint)action;

    /// <summary>The lower of two results, without a branch: whether a frame meets a policy is what no branch predictor knows.</summary>
    internal static uint Earlier(uint one, uint other)
    {
        long difference = (long)other - one;
        return one + (uint)(difference & (difference >> 63));
    }

#pragma warning disable CS1591 // The operators say nothing that their signs do not.
    public static bool operator ==(Verdict left, Verdict right) => left.Equals(right);

    public static bool operator !=(Verdict left, Verdict right) => !left.Equals(right);
#pragma warning restore CS1591
}
