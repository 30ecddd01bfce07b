using MacSegmentation.Profiles;

namespace MacSegmentation.Marking;

/// <summary>What a vNIC profile changes about the headers of what passes; null leaves a thing as it is.</summary>
/// <param name="Priority">The priority code point of what leaves the instance, 0 to 7.</param>
/// <param name="Dscp">The differentiated services code point of what leaves the instance, 0 to 63.</param>
/// <param name="MaxSegmentSize">TCP's largest maximum segment size.</param>
/// <param name="MaxWindowScale">TCP's largest window scale.</param>
/// <param name="TakesEcnOut">True to take explicit congestion notification out.</param>
internal sealed record FrameMarking(int? Priority, int? Dscp, int? MaxSegmentSize, int? MaxWindowScale, bool TakesEcnOut)
{
    private static readonly FrameMarking None = new(null, null, null, null, TakesEcnOut: false);

    /// <summary>What a profile marks of what leaves the instance; null for nothing.</summary>
    public static FrameMarking? FromInstance(MacProfile profile) =>
        OrNull(new FrameMarking(profile.Priority, profile.Dscp, profile.MaxSegmentSize, profile.MaxWindowScale, profile.AllowEcn == false));

    /// <summary>What it marks of what goes to the instance: both ends say how they may be talked to, so this is held to the limits too.</summary>
    public static FrameMarking? ToInstance(MacProfile profile) =>
        OrNull(new FrameMarking(null, null, profile.MaxSegmentSize, profile.MaxWindowScale, profile.AllowEcn == false));

    private static FrameMarking? OrNull(FrameMarking marking) => marking == None ? null : marking;
}
