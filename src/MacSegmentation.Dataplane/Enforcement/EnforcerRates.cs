using MacSegmentation.Counting;

namespace MacSegmentation.Enforcement;

/// <summary>What an enforcer did a second, over a stretch of time.</summary>
/// <param name="FramesInPerSecond">Frames taken in.</param>
/// <param name="BitsInPerSecond">Bits of the frames taken in.</param>
/// <param name="FramesForwardedPerSecond">Frames sent.</param>
/// <param name="BitsForwardedPerSecond">Bits of the frames sent.</param>
public sealed record EnforcerRates(
    double FramesInPerSecond, double BitsInPerSecond, double FramesForwardedPerSecond, double BitsForwardedPerSecond)
{
    private const double BitsPerByte = 8;

    internal static EnforcerRates Between(TrafficCounts earlier, TrafficCounts later, TimeSpan elapsed)
    {
        double seconds = elapsed.TotalSeconds;
        return seconds <= 0
            ? new EnforcerRates(0, 0, 0, 0)
            : new EnforcerRates(
                (later.FramesIn - earlier.FramesIn) / seconds,
                (later.BytesIn - earlier.BytesIn) * BitsPerByte / seconds,
                (later.FramesForwarded - earlier.FramesForwarded) / seconds,
                (later.BytesForwarded - earlier.BytesForwarded) * BitsPerByte / seconds);
    }
}
