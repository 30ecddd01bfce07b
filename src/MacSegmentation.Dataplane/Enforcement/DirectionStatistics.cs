using MacSegmentation.Counting;

namespace MacSegmentation.Enforcement;

/// <summary>One direction's numbers.</summary>
/// <param name="Port">The adapter or file that the frames come from.</param>
/// <param name="Destination">The adapter or file that they go to.</param>
/// <param name="NativeVlanId">The VLAN of frames without a VLAN's tag.</param>
/// <param name="IsPortUp">False while the adapter is down or gone.</param>
/// <param name="Counts">Its frames.</param>
public sealed record DirectionStatistics(string Port, string Destination, int NativeVlanId, bool IsPortUp, TrafficCounts Counts)
{
    /// <summary>The direction as one line.</summary>
    public override string ToString() =>
        $"{Port} > {Destination}: {Counts.FramesIn} in, {Counts.FramesForwarded} forwarded, {Counts.FramesDenied} denied, {Counts.FramesDropped} dropped, {Counts.FramesLost} lost";
}
