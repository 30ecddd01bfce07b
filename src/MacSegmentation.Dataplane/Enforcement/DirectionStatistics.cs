using MacSegmentation.Counting;
using MacSegmentation.Emulation;
using MacSegmentation.Reports;

namespace MacSegmentation.Enforcement;

/// <summary>One direction's numbers.</summary>
/// <param name="Port">The adapter or file that the frames come from.</param>
/// <param name="Destination">The adapter or file that they go to.</param>
/// <param name="NativeVlanId">The VLAN of frames without a VLAN's tag.</param>
/// <param name="IsPortUp">False while the adapter is down or gone.</param>
/// <param name="Counts">Its frames.</param>
public sealed record DirectionStatistics(string Port, string Destination, int NativeVlanId, bool IsPortUp, TrafficCounts Counts)
{
    /// <summary>What is told of it.</summary>
    public static Report<DirectionStatistics> Report { get; } = new Report<DirectionStatistics>()
        .Text("port", direction => direction.Port)
        .Text("destination", direction => direction.Destination)
        .Number("nativeVlanId", direction => direction.NativeVlanId)
        .With(nameof(Counts), direction => direction.Counts, TrafficCounts.Report)
        .Part("link", direction => direction.Link, LinkStatistics.Report);

    /// <summary>What the vNIC profile of the direction's instance does with its frames; null without one, or if it does nothing.</summary>
    public LinkStatistics? Link { get; init; }

    /// <summary>The direction as one line.</summary>
    public override string ToString() =>
        $"{Port} > {Destination}: {Counts.FramesIn} in, {Counts.FramesForwarded} forwarded, {Counts.FramesDenied} denied, {Counts.FramesDropped} dropped, {Counts.FramesLost} lost";
}
