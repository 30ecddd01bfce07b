using MacSegmentation.Frames;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch.Lookup;

/// <summary>What is to become of a frame.</summary>
/// <param name="Action">Whether it goes on.</param>
/// <param name="Reason">Why.</param>
/// <param name="Left">The frames that leave, each with its port.</param>
internal sealed record PlainVerdict(PolicyAction Action, VerdictReason Reason, params (string Port, byte[] Frame)[] Left)
{
    public static PlainVerdict Denied(VerdictReason reason) => new(PolicyAction.Deny, reason);

    public static PlainVerdict Dropped(VerdictReason reason) => new(PolicyAction.Drop, reason);
}
