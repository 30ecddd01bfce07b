using MacSegmentation.Errors;
using MacSegmentation.Units;

namespace MacSegmentation.Fitting;

/// <summary>Fits vNIC profiles to pairs of captures that were taken at both ends of a link.</summary>
public static class CaptureFitter
{
    private const int Fewest = 2;

    /// <summary>Fits both directions.</summary>
    /// <param name="nearPath">The capture at the instance's end, pcap or pcapng.</param>
    /// <param name="farPath">The capture at the other end.</param>
    /// <param name="clockOffset">By how much the second capture's clock is ahead; null to take each way for half of both.</param>
    /// <exception cref="MacSegmentationException">CapturesDoNotOverlap, CaptureTooLong, and those of reading captures.</exception>
    public static CaptureFit Fit(string nearPath, string farPath, TimeSpan? clockOffset = null)
    {
        var (near, far) = (SeenFrames.Read(nearPath), SeenFrames.Read(farPath));
        if (Math.Min(near.CommonLength, far.CommonLength) is var common && common < int.MaxValue)
        {
            // One may be cut where the other is whole.
            (near, far) = (SeenFrames.Read(nearPath, common), SeenFrames.Read(farPath, common));
        }

        var match = new FrameMatch(near.All, far.All);
        if (match.FarOf.Count(other => other >= 0) < Fewest)
        {
            throw new MacSegmentationException(
                "CapturesDoNotOverlap",
                MacErrorKind.InvalidData,
                $"The captures {nearPath} and {farPath} have no {Fewest} frames in common, so nothing says what is between them. Give two that were taken at the same time, at both ends of one link.",
                farPath);
        }

        var remarks = new List<string>();
        var ways = new CaptureWays(near.All, far.All, match, clockOffset is { } given ? given.Ticks * TimeSpan.NanosecondsPerTick : null, remarks);
        var (egress, ingress) = (LinkFitter.Fit(ways.FromNear), LinkFitter.Fit(ways.FromFar));
        Remark(egress, "from the first capture's end", remarks);
        Remark(ingress, "towards the first capture's end", remarks);
        return new CaptureFit { Egress = egress, Ingress = ingress, ClockOffset = TimeSpan.FromTicks(ways.Offset / TimeSpan.NanosecondsPerTick), Remarks = remarks };
    }

    private static void Remark(LinkFit? fit, string way, List<string> remarks)
    {
        if (fit is null)
        {
            remarks.Add($"No frame went {way} that both captures have: that direction is left as it is.");
            return;
        }

        if (fit.IsBandwidthLowerBound)
        {
            remarks.Add($"No frame waited for the bandwidth {way}: {fit.Link.Bandwidth} is what was sent at most, and the link may carry more. Give -Bandwidth what it has.");
        }

        if (fit.LatencyP50 < TimeSpan.Zero)
        {
            remarks.Add($"Frames {way} arrived {new DelayTime(-fit.LatencyP50)} before they were sent, by the clocks: the latency is taken as 0. Give another -ClockOffset.");
        }
    }
}
